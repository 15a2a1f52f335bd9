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
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;

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
        sources.add(new ServerCredentials("settings.xml", new SettingsServers(maven)::find));
        sources.addAll(CredentialFile.all(System.getenv(), Path.of(System.getProperty("user.home"))));
        return sources;
    }

    HttpSettings settings() {
        HttpSettings settings = HttpSettings.DEFAULT
                .withOffline(maven.session().isOffline())
                .withAllowInsecureRegistries(parameters.allowInsecureRegistries());
        List<Proxy> proxies = maven.session().getSettings().getProxies();
        Proxies selector = new Proxies(proxies);
        return selector.isEmpty() ? settings : settings.withProxies(selector, proxyCredentials(proxies));
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

    private Optional<Credentials> proxyCredentials(List<Proxy> proxies) {
        return proxies.stream()
                .filter(proxy -> proxy.isActive() && proxy.getUsername() != null)
                .findFirst()
                .map(proxy -> maven.services()
                        .decrypter()
                        .decrypt(new DefaultSettingsDecryptionRequest(proxy))
                        .getProxy())
                .map(proxy ->
                        new Credentials(proxy.getUsername(), proxy.getPassword() == null ? "" : proxy.getPassword()));
    }
}
