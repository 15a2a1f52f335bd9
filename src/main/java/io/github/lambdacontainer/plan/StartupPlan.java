package io.github.lambdacontainer.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A startup archive to be made.
 *
 * @param kind the kind of archive
 * @param java feature version of the Java that makes and reads it
 * @param place the layer it becomes, with an empty file in its place
 * @param before the ENTRYPOINT up to where the flags of the archive go
 * @param after the rest of the ENTRYPOINT
 */
public record StartupPlan(ArchiveKind kind, int java, LayerPlan place, List<String> before, List<String> after) {

    /** The name of the layer. */
    public static final String LAYER = "startup archive";

    static LayerPlan layer(ArchiveKind kind) {
        return new LayerPlan(LAYER, List.of(new LayerEntry.File(target(kind), new Content.Text(""), 0644)));
    }

    private static String target(ArchiveKind kind) {
        return ImagePaths.STARTUP + "/" + kind.fileName();
    }

    /** The absolute path of the archive in the image. */
    public String file() {
        return target(kind);
    }

    /** The layer with this archive in it. */
    public LayerPlan layer(Path archive) {
        return new LayerPlan(
                place.name(),
                place.entries().stream()
                        .map(entry -> entry instanceof LayerEntry.File file
                                ? new LayerEntry.File(file.target(), new Content.OnDisk(archive), file.mode())
                                : entry)
                        .toList());
    }

    /** The ENTRYPOINT with these flags. */
    public List<String> command(List<String> flags) {
        return Stream.of(before, flags, after).flatMap(List::stream).toList();
    }

    /** The ENTRYPOINT of an image that has the archive. */
    public List<String> entrypoint() {
        return command(kind.use(target(kind)));
    }
}
