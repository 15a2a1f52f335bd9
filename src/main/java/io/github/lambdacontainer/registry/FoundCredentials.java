package io.github.lambdacontainer.registry;

import java.util.List;
import java.util.Optional;

/**
 * What the sources of credentials had for a registry.
 *
 * @param credentials the credentials, if any source had some
 * @param sources the source that had them, or else all that were asked
 * @param withheld why they were found and are not sent, if so
 */
record FoundCredentials(Optional<Credentials> credentials, List<String> sources, Optional<Withheld> withheld) {

    FoundCredentials(Optional<Credentials> credentials, List<String> sources) {
        this(credentials, sources, Optional.empty());
    }

    /** The same where they must not be sent. */
    FoundCredentials withhold(Withheld why) {
        return credentials.isPresent() ? new FoundCredentials(Optional.empty(), sources, Optional.of(why)) : this;
    }

    /** How a request was made, as the end of a sentence. */
    String text() {
        if (credentials.isPresent()) {
            return "with the credentials from " + sources.get(0);
        }
        if (withheld.isPresent()) {
            return "without the credentials from " + sources.get(0) + ", which "
                    + withheld.get().why();
        }
        return sources.isEmpty()
                ? "without credentials"
                : "without credentials, as there are none for it in " + String.join(", ", sources);
    }

    /**
     * Why credentials were not sent.
     *
     * @param why the end of the sentence that names them
     * @param next what the user can do about it
     */
    record Withheld(String why, String next) {}
}
