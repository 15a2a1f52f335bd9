package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.Credentials;
import java.util.List;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** Credentials that stand in settings.xml as {@code <server>}, decrypted. */
final class SettingsServers {

    private final MavenContext maven;

    SettingsServers(MavenContext maven) {
        this.maven = maven;
    }

    /** The credentials of the server with this id, if settings.xml has it. */
    Optional<Credentials> find(String id) {
        return Optional.ofNullable(maven.session().getSettings().getServer(id))
                .filter(server -> server.getUsername() != null)
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
