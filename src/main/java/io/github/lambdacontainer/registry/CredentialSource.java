package io.github.lambdacontainer.registry;

import java.util.Optional;
import java.util.function.Function;

/** A place where credentials for registries are kept. */
public interface CredentialSource {

    /** What messages call it, such as {@code the server in settings.xml}. */
    String name();

    /**
     * The credentials for a registry, if this source has them.
     *
     * @param registryHost host and, if written, port, as {@link Reference#registry()}
     * @throws UnusableCredentialsException if the source cannot be read
     */
    Optional<Credentials> find(String registryHost) throws UnusableCredentialsException;

    /** Whether this source could have credentials for a registry, so that it is worth telling that it had none. */
    default boolean isFor(String registryHost) {
        return true;
    }

    /** Whether the user named this source, so that the build ends if it cannot be read. */
    default boolean required() {
        return false;
    }

    /**
     * What the command line of every program has that this source may start, and nothing if it starts none: a program
     * that does not answer is told of, and ended.
     */
    default Optional<String> program() {
        return Optional.empty();
    }

    /** A source that asks this function. */
    static CredentialSource of(String name, Function<String, Optional<Credentials>> function) {
        return new CredentialSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<Credentials> find(String registryHost) {
                return function.apply(registryHost);
            }
        };
    }

    /** These credentials, for every registry. */
    static CredentialSource explicit(String name, Credentials credentials) {
        return of(name, host -> Optional.of(credentials));
    }
}
