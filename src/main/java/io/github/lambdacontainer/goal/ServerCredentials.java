package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.Credentials;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** Credentials of the {@code <server>} in settings.xml whose id is the registry's host, with or without its port. */
final class ServerCredentials {

    private final MavenContext maven;

    ServerCredentials(MavenContext maven) {
        this.maven = maven;
    }

    Optional<Credentials> find(String registryHost) {
        return Stream.of(registryHost, registryHost.replaceFirst(":\\d+$", ""))
                .map(id -> maven.session().getSettings().getServer(id))
                .filter(server -> server != null && server.getUsername() != null)
                .findFirst()
                .map(this::decrypt);
    }

    private Credentials decrypt(Server server) {
        SettingsDecryptionResult result =
                maven.services().decrypter().decrypt(new DefaultSettingsDecryptionRequest(server));
        List<SettingsProblem> problems = result.getProblems().stream()
                .filter(problem -> problem.getSeverity() != SettingsProblem.Severity.WARNING)
                .toList();
        if (!problems.isEmpty()) {
            throw new UserFailure(Problem.of(
                    "The password of server '" + server.getId() + "' in settings.xml cannot be decrypted: "
                            + problems.get(0).getMessage(),
                    "Encrypt it again with 'mvn --encrypt-password', or check settings-security.xml."));
        }
        Server decrypted = result.getServer();
        return new Credentials(decrypted.getUsername(), decrypted.getPassword() == null ? "" : decrypted.getPassword());
    }
}
