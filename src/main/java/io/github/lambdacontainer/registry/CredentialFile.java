package io.github.lambdacontainer.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.registry.credentials.DockerConfigCredentialRetriever;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file in which {@code podman login} or {@code docker login} keeps credentials, or names the helpers that do. */
public final class CredentialFile implements CredentialSource {

    private final Path file;
    private final Optional<Reference> image;

    CredentialFile(Path file, Optional<Reference> image) {
        this.file = file;
        this.image = image;
    }

    /**
     * The files of Podman, then of Docker, in the order in which they are asked; those that do not exist are passed
     * over.
     *
     * @param environment the environment variables that may name them
     * @param home the user's home directory
     * @param image what is read or pushed with them: those for a part of its registry that it is in count before those
     *     for all of the registry
     */
    public static List<CredentialSource> all(Map<String, String> environment, Path home, Optional<Reference> image) {
        List<Path> files = new ArrayList<>();
        add(files, environment, "REGISTRY_AUTH_FILE", "");
        add(files, environment, "XDG_RUNTIME_DIR", "containers/auth.json");
        files.add(home.resolve(".config").resolve("containers").resolve("auth.json"));
        add(files, environment, "DOCKER_CONFIG", "config.json");
        files.add(home.resolve(".docker").resolve("config.json"));
        return files.stream()
                .distinct()
                .filter(Files::exists)
                .<CredentialSource>map(file -> new CredentialFile(file, image))
                .toList();
    }

    private static void add(List<Path> files, Map<String, String> environment, String variable, String below) {
        String value = environment.getOrDefault(variable, "");
        if (!value.isEmpty()) {
            files.add(Path.of(value).resolve(below));
        }
    }

    @Override
    public String name() {
        return "'" + file + "'";
    }

    @Override
    public Optional<String> program() {
        return Optional.of(CredentialHelper.PREFIX);
    }

    @Override
    public Optional<Credentials> find(String registryHost) throws UnusableCredentialsException {
        try {
            Optional<String> repository =
                    image.filter(each -> each.registry().equals(registryHost)).map(Reference::repository);
            for (String key : CredentialKeys.of(file, registryHost, repository)) {
                Optional<Credential> found =
                        DockerConfigCredentialRetriever.create(key, file).retrieve(event -> {});
                if (found.isPresent()) {
                    return found.map(JibCredentials::of);
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw new UnusableCredentialsException("it is not a valid file of credentials");
        }
    }
}
