package io.github.lambdacontainer.goal;

import javax.inject.Inject;
import javax.inject.Named;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;

/** The components of Maven that the goals use. */
@Named
final class MavenServices {

    private final RepositorySystem repositories;
    private final SettingsDecrypter decrypter;
    private final ToolchainManager toolchains;

    @Inject
    MavenServices(RepositorySystem repositories, SettingsDecrypter decrypter, ToolchainManager toolchains) {
        this.repositories = repositories;
        this.decrypter = decrypter;
        this.toolchains = toolchains;
    }

    RepositorySystem repositories() {
        return repositories;
    }

    SettingsDecrypter decrypter() {
        return decrypter;
    }

    ToolchainManager toolchains() {
        return toolchains;
    }
}
