package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.CredentialFile;
import io.github.lambdacontainer.registry.CredentialHelper;
import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.Credentials;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.ServerCredentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the base's registry is reached: credentials in the documented order, Maven's proxies, offline or not. */
final class RegistryAccess {

    private final Parameters parameters;
    private final MavenContext maven;

    RegistryAccess(Parameters parameters, MavenContext maven) {
        this.parameters = parameters;
        this.maven = maven;
    }

    List<CredentialSource> credentials() {
        From from = parameters.from();
        List<CredentialSource> sources = new ArrayList<>();
        explicit(from.auth()).ifPresent(sources::add);
        Optional.ofNullable(from.credHelper()).map(CredentialHelper::new).ifPresent(sources::add);
        sources.add(new ServerCredentials("settings.xml", new SettingsSecrets(maven)::ofServer));
        sources.addAll(CredentialFile.all(System.getenv(), Path.of(System.getProperty("user.home"))));
        return sources;
    }

    HttpSettings settings() {
        HttpSettings settings = HttpSettings.DEFAULT
                .withOffline(maven.session().isOffline())
                .withAllowInsecureRegistries(parameters.allowInsecureRegistries());
        Proxies proxies = new Proxies(maven.session().getSettings().getProxies());
        return proxies.forHttps()
                .map(proxy -> settings.withProxies(proxies, new SettingsSecrets(maven).ofProxy(proxy)))
                .orElse(settings);
    }

    private static Optional<CredentialSource> explicit(Auth auth) {
        if (auth.username() == null && auth.password() == null) {
            return Optional.empty();
        }
        if (auth.username() == null || auth.password() == null) {
            boolean user = auth.username() == null;
            throw new UserFailure(Problem.of(
                    "The credentials for the base image have no " + (user ? "user name." : "password."),
                    user ? "from.auth.username" : "from.auth.password",
                    "Give both, or neither and keep them in settings.xml."));
        }
        return Optional.of(
                CredentialSource.explicit("<from><auth>", new Credentials(auth.username(), auth.password())));
    }
}
