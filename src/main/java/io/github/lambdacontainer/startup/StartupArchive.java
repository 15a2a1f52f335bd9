package io.github.lambdacontainer.startup;

import java.nio.file.Path;

/** What became of a startup archive that was wanted. */
public sealed interface StartupArchive {

    /**
     * It is there.
     *
     * @param file the archive, a file of the cache
     * @param key names everything that went into it
     * @param reused whether an earlier build had made it
     */
    record Made(Path file, String key, boolean reused) implements StartupArchive {}

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
