package io.github.lambdacontainer.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An image that is brought into a place where its command can be started; closing it removes it from there. */
public sealed class StagedImage implements AutoCloseable permits StagedFiles {

    private final LocalImage image;
    private final Way way;
    private final WorkDirectory work;

    StagedImage(LocalImage image, Way way, WorkDirectory work) {
        this.image = image;
        this.way = way;
        this.work = work;
    }

    /** How functions of an image are started here. */
    interface Way extends AutoCloseable {

        /** What the way is, in words that follow "runs". */
        String text();

        /**
         * Starts a function.
         *
         * @param command the image's command, or another
         * @param environment what the image has not, the address of the Runtime API among it
         * @param memory the function's memory in MB
         * @throws IOException if no process can be had
         */
        FunctionProcesses start(LocalImage image, List<String> command, Map<String, String> environment, int memory)
                throws IOException;

        /** Gives back what the way needs beside the work directory. */
        @Override
        default void close() {}
    }

    /** The image. */
    public LocalImage image() {
        return image;
    }

    /** How the image runs here, such as {@code in a namespace of its own files}. */
    public String way() {
        return way.text();
    }

    /** Starts a function with this command and this memory in MB. */
    FunctionProcesses start(List<String> command, Map<String, String> environment, int memory) throws IOException {
        return way.start(image, command, environment, memory);
    }

    @Override
    public void close() {
        way.close();
        work.close();
    }
}
