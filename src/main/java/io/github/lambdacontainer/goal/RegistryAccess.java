package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.ecr.Ecr;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.CredentialFile;
import io.github.lambdacontainer.registry.CredentialHelper;
import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.registry.ServerCredentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How registries are reached: credentials in the documented order, Maven's proxies, offline or not. */
final class RegistryAccess {

    private final Parameters parameters;
    private final MavenContext maven;

    RegistryAccess(Parameters parameters, MavenContext maven) {
        this.parameters = parameters;
        this.maven = maven;
    }

    /** Where credentials for the base's registry are looked for. */
    List<CredentialSource> baseCredentials(Ecr ecr) {
        return credentials(
                ecr,
                new Login("from", parameters.from().auth()),
                parameters.from().credHelper(),
                parameters.from().image());
    }

    /** Where credentials for the registry that is pushed to are looked for. */
    List<CredentialSource> targetCredentials(Ecr ecr) {
        return credentials(
                ecr,
                new Login("to", parameters.to().auth()),
                parameters.to().credHelper(),
                parameters.to().image());
    }

    private List<CredentialSource> credentials(
            Ecr ecr, Login login, @Nullable String credHelper, @Nullable String image) {
        List<CredentialSource> sources = new ArrayList<>();
        login.source().ifPresent(sources::add);
        Optional.ofNullable(credHelper).map(CredentialHelper::new).ifPresent(sources::add);
        sources.add(new ServerCredentials("settings.xml", new SettingsSecrets(maven)::ofServer));
        sources.add(ecr.credentials());
        sources.addAll(CredentialFile.all(System.getenv(), Path.of(System.getProperty("user.home")), reference(image)));
        return sources;
    }

    /** What is no reference is told of where it is used, or is a base that no registry has. */
    private static Optional<Reference> reference(@Nullable String image) {
        try {
            return Optional.ofNullable(image).map(text -> Reference.parse(text.strip(), "image"));
        } catch (UserFailure e) {
            return Optional.empty();
        }
    }

    HttpSettings settings() {
        HttpSettings settings = HttpSettings.DEFAULT
                .withOffline(maven.session().isOffline())
                .withAllowInsecureRegistries(parameters.allowInsecureRegistries());
        Proxies proxies = new Proxies(maven.session().getSettings().getProxies(), new SettingsSecrets(maven)::ofProxy);
        return proxies.isEmpty() ? settings : settings.withProxies(proxies, proxies::credentials);
    }
}
