package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An image whose files are laid out on this machine, so that its command can be started; closing it removes them. */
public final class StagedImage implements AutoCloseable {

    private static final String API = "AWS_LAMBDA_RUNTIME_API";

    private final LocalImage image;
    private final Way way;
    private final WorkDirectory work;

    StagedImage(LocalImage image, Way way, WorkDirectory work) {
        this.image = image;
        this.way = way;
        this.work = work;
    }

    /** How commands of an image are started here. */
    interface Way {

        /** What the way is, in words that follow "runs". */
        String text();

        /** The command as it is started on this machine. */
        ProcessBuilder process(List<String> command, Map<String, String> environment, String directory);

        /**
         * Starts the function.
         *
         * @param environment what the image has not, the address of the Runtime API among it
         * @param memory the function's memory in MB
         */
        default FunctionProcesses start(LocalImage image, Map<String, String> environment, int memory)
                throws IOException {
            Map<String, String> all = new LinkedHashMap<>(image.environment());
            all.putAll(environment);
            Process process = process(limited(image.command(), memory), all, image.workingDirectory())
                    .redirectErrorStream(true)
                    .start();
            return new ProcessTree(process, API + "=" + environment.get(API));
        }

        /** Gives back what the way needs beside the work directory. */
        default void close() {}
    }

    /** The heap is a share of the memory that the JVM takes for the machine's, as in a sandbox of that size. */
    private static List<String> limited(List<String> command, int memory) {
        if (!command.get(0).endsWith("/java")) {
            return command;
        }
        List<String> words = new ArrayList<>(command);
        words.add(1, "-XX:MaxRAM=" + memory + "m");
        return words;
    }

    /** The image. */
    public LocalImage image() {
        return image;
    }

    /** How the image runs here, such as {@code in a namespace of its own files}. */
    public String way() {
        return way.text();
    }

    /** What the image sees as {@code /tmp}, the only directory that it may write to. */
    public Path temporary() {
        return work.temporary();
    }

    /**
     * The image's command, ready to be started; nothing of this machine's environment is in it.
     *
     * @param environment variables on top of the image's
     */
    public ProcessBuilder process(Map<String, String> environment) {
        return process(image.command(), environment);
    }

    /** Another command in the same place. */
    public ProcessBuilder process(List<String> command, Map<String, String> environment) {
        Map<String, String> all = new LinkedHashMap<>(image.environment());
        all.putAll(environment);
        return way.process(command, all, image.workingDirectory());
    }

    /** Starts the function with this memory in MB. */
    FunctionProcesses start(Map<String, String> environment, int memory) throws IOException {
        return way.start(image, environment, memory);
    }

    @Override
    public void close() {
        way.close();
        work.close();
    }
}
