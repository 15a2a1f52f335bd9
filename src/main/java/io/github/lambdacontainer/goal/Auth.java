package io.github.lambdacontainer.goal;

import org.jspecify.annotations.Nullable;

/** User name and password for a registry, given in the pom or on the command line. */
public final class Auth implements Options.Group {

    /** User name for the registry. */
    @Option("none: the other credential sources are tried")
    private @Nullable String username;

    /**
     * Password for the registry; better kept in {@code settings.xml}. The plugin never prints it, but with {@code -X}
     * Maven itself prints poms and properties.
     */
    @Option("none")
    private @Nullable String password;

    @Nullable String username() {
        return username;
    }

    @Nullable String password() {
        return password;
    }
}
