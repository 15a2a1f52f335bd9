package io.github.lambdacontainer.registry;

import com.google.cloud.tools.jib.registry.credentials.CredentialHelperNotFoundException;
import com.google.cloud.tools.jib.registry.credentials.CredentialHelperUnhandledServerUrlException;
import com.google.cloud.tools.jib.registry.credentials.DockerCredentialHelper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A credential helper that the user named, such as {@code ecr-login}, or a path to one. */
public final class CredentialHelper implements CredentialSource {

    static final String PREFIX = "docker-credential-";
    private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

    private final String helper;

    /** With the suffix after {@code docker-credential-}, looked up on the path, or with the path of a program. */
    public CredentialHelper(String helper) {
        this.helper = helper;
    }

    @Override
    public String name() {
        return "the credential helper '" + helper + "'";
    }

    @Override
    public boolean required() {
        return true;
    }

    @Override
    public Optional<Credentials> find(String registryHost) throws UnusableCredentialsException {
        String server = RegistryHost.isDockerHub(registryHost) ? DOCKER_HUB_KEY : registryHost;
        try {
            Path program = Path.of(program().orElseThrow());
            return Optional.of(JibCredentials.of(new DockerCredentialHelper(server, program).retrieve()));
        } catch (CredentialHelperUnhandledServerUrlException e) {
            return Optional.empty();
        } catch (CredentialHelperNotFoundException e) {
            throw new UnusableCredentialsException("it is not installed");
        } catch (IOException e) {
            throw new UnusableCredentialsException("it failed, or answered something else than credentials");
        }
    }

    @Override
    public Optional<String> program() {
        boolean isPath = helper.contains("/") || helper.contains("\\");
        return Optional.of(isPath ? helper : PREFIX + helper);
    }
}
