package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An image whose files are laid out on this machine, so that its command can be started; closing it removes them. */
public final class StagedImage implements AutoCloseable {

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

        /** The same, with nothing in its argument files that is true in this place only. */
        default ProcessBuilder relocatable(List<String> command, Map<String, String> environment, String directory)
                throws IOException {
            return process(command, environment, directory);
        }

        /** Whether every file is at its path in the image. */
        boolean isInPlace();
    }

    /** The image. */
    public LocalImage image() {
        return image;
    }

    /** How the image runs here, such as {@code in a namespace of its own files}. */
    public String way() {
        return way.text();
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
     * The image's command, ready to be started; nothing of this machine's environment is in it.
     *
     * @param environment variables on top of the image's
     */
    public ProcessBuilder process(Map<String, String> environment) {
        return process(image.command(), environment);
    }

    /** Another command in the same place. */
    public ProcessBuilder process(List<String> command, Map<String, String> environment) {
        return way.process(command, all(environment), image.workingDirectory());
    }

    /**
     * The same for a command that writes the paths of its argument files down: they are paths of the image, or begin in
     * its working directory.
     *
     * @throws IOException if the disk refuses
     */
    ProcessBuilder relocatable(List<String> command, Map<String, String> environment) throws IOException {
        return way.relocatable(command, all(environment), image.workingDirectory());
    }

    private Map<String, String> all(Map<String, String> environment) {
        Map<String, String> all = new LinkedHashMap<>(image.environment());
        all.putAll(environment);
        return all;
    }

    @Override
    public void close() {
        work.close();
    }
}
