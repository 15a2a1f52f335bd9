package io.github.lambdacontainer.startup;

import java.nio.file.Path;

/** What became of a startup archive that was wanted. */
public sealed interface StartupArchive {

    /**
     * It is there.
     *
     * @param file the archive, a file of the cache
     * @param key names everything that went into it
     * @param origin where it comes from
     */
    record Made(Path file, String key, Origin origin) implements StartupArchive {}

    /** Where an archive comes from. */
    enum Origin {
        /** It was made by this build. */
        TRAINING("a training run"),

        /** An earlier build left it in the cache. */
        CACHE("an earlier build"),

        /** It was in an image that was made of the same inputs. */
        IMAGE("the image in the registry");

        private final String text;

        Origin(String text) {
            this.text = text;
        }

        /** As it reads behind "of". */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * It could not be made.
     *
     * @param reason why, without a full stop
     * @param output the end of what the function or the virtual machine wrote, empty if nothing
     */
    record Failed(String reason, String output) implements StartupArchive {

        /** The reason with its full stop, and the output on the lines below it. */
        public String text() {
            return reason + "."
                    + (output.isEmpty()
                            ? ""
                            : " Its output ended with:\n" + output.indent(4).stripTrailing());
        }
    }
}
