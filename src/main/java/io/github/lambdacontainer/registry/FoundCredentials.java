package io.github.lambdacontainer.registry;

import java.util.List;
import java.util.Optional;

/**
 * What the sources of credentials had for a registry.
 *
 * @param credentials the credentials, if any source had some
 * @param sources the source that had them, or else all that were asked
 */
record FoundCredentials(Optional<Credentials> credentials, List<String> sources) {

    /** How a request was made, as the end of a sentence. */
    String text() {
        if (credentials.isPresent()) {
            return "with the credentials from " + sources.get(0);
        }
        return sources.isEmpty()
                ? "without credentials"
                : "without credentials, as there are none for it in " + String.join(", ", sources);
    }
}
