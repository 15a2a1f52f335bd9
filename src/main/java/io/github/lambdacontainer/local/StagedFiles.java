package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An image whose files are laid out on this machine, where any of its programs can be started. */
public final class StagedFiles extends StagedImage {

    private static final String API = "AWS_LAMBDA_RUNTIME_API";

    private final FilesWay way;
    private final WorkDirectory work;

    StagedFiles(LocalImage image, FilesWay way, WorkDirectory work) {
        super(image, way, work);
        this.way = way;
        this.work = work;
    }

    /** How programs are started whose files are laid out. */
    interface FilesWay extends Way {

        /** The command as it is started on this machine, with no variables but these. */
        ProcessBuilder process(List<String> command, Map<String, String> environment, String directory);

        /** The same, with nothing in its argument files that is true in this place only. */
        default ProcessBuilder relocatable(List<String> command, Map<String, String> environment, String directory)
                throws IOException {
            return process(command, environment, directory);
        }

        /** Whether every file is at its path in the image. */
        boolean isInPlace();

        @Override
        default FunctionProcesses start(
                LocalImage image, List<String> command, Map<String, String> environment, int memory)
                throws IOException {
            Process process = process(limited(command, memory), all(image, environment), image.workingDirectory())
                    .redirectErrorStream(true)
                    .start();
            return new ProcessTree(process, API + "=" + environment.get(API));
        }
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

    private static Map<String, String> all(LocalImage image, Map<String, String> environment) {
        Map<String, String> all = new LinkedHashMap<>(image.environment());
        all.putAll(environment);
        return all;
    }

    /** Whether the image's programs see every file at its path in the image. */
    public boolean isInPlace() {
        return way.isInPlace();
    }

    /** What the image sees as {@code /tmp}, the only directory that it may write to. */
    public Path temporary() {
        return work.temporary();
    }

    /**
     * A command of the image, ready to be started; nothing of this machine's environment is in it.
     *
     * @param environment variables on top of the image's
     */
    ProcessBuilder process(List<String> command, Map<String, String> environment) {
        return way.process(command, all(image(), environment), image().workingDirectory());
    }

    /**
     * The same for a command that writes the paths of its argument files down: they are paths of the image, or begin in
     * its working directory.
     *
     * @throws IOException if the disk refuses
     */
    ProcessBuilder relocatable(List<String> command, Map<String, String> environment) throws IOException {
        return way.relocatable(command, all(image(), environment), image().workingDirectory());
    }
}
