package io.github.lambdacontainer.local;

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

    @Override
    public void close() {
        work.close();
    }
}
