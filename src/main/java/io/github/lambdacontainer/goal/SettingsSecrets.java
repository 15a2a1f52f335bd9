package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.Credentials;
import java.util.Optional;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/** Credentials that stand in settings.xml, for a server or a proxy, decrypted. */
final class SettingsSecrets {

    private final MavenContext maven;

    SettingsSecrets(MavenContext maven) {
        this.maven = maven;
    }

    /** The credentials of the server with this id, if settings.xml has it. */
    Optional<Credentials> ofServer(String id) {
        return Optional.ofNullable(maven.session().getSettings().getServer(id))
                .filter(server -> server.getUsername() != null)
                .map(server -> decrypt(new DefaultSettingsDecryptionRequest(server), "server '" + id + "'")
                        .getServer())
                .map(server -> credentials(server.getUsername(), server.getPassword()));
    }

    /** The credentials of this proxy, if it has any. */
    Optional<Credentials> ofProxy(Proxy proxy) {
        return Optional.of(proxy)
                .filter(given -> given.getUsername() != null)
                .map(given -> decrypt(new DefaultSettingsDecryptionRequest(given), "proxy '" + given.getId() + "'")
                        .getProxy())
                .map(decrypted -> credentials(decrypted.getUsername(), decrypted.getPassword()));
    }

    private SettingsDecryptionResult decrypt(SettingsDecryptionRequest request, String owner) {
        SettingsDecryptionResult result = maven.services().decrypter().decrypt(request);
        result.getProblems().stream()
                .filter(problem -> problem.getSeverity() != SettingsProblem.Severity.WARNING)
                .findFirst()
                .ifPresent(problem -> {
                    throw new UserFailure(Problem.of(
                            "The password of " + owner + " in settings.xml cannot be decrypted: "
                                    + problem.getMessage(),
                            "Encrypt it again with 'mvn --encrypt-password', or check settings-security.xml."));
                });
        return result;
    }

    private static Credentials credentials(String username, @Nullable String password) {
        return new Credentials(username, password == null ? "" : password);
    }
}
