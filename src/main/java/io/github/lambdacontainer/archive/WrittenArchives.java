package io.github.lambdacontainer.archive;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.Image;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Remembers which image an archive holds, so that the same image need not be written to the same file again. A file
 * whose size, time or identity on its disk has changed since is not known.
 *
 * @param facts where it is remembered
 */
public record WrittenArchives(FactCache facts) {

    private static final String KIND = "written-archive";

    /** Whether this file is the archive of this image under these names, untouched since it was written. */
    public boolean holds(Path archive, Image image, List<String> names) {
        Optional<String> now = state(archive, image, names);
        return now.isPresent() && now.equals(facts.read(KIND, key(archive)));
    }

    /** Remembers an archive that was just written. */
    public void remember(Path archive, Image image, List<String> names) {
        state(archive, image, names).ifPresent(state -> facts.write(KIND, key(archive), state));
    }

    private static String key(Path archive) {
        return Digest.of(archive.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    private static Optional<String> state(Path archive, Image image, List<String> names) {
        try {
            BasicFileAttributes file = Files.readAttributes(archive, BasicFileAttributes.class);
            return Optional.of(String.join(
                    "\n",
                    image.digest().toString(),
                    String.join(" ", names),
                    Long.toString(file.size()),
                    Long.toString(file.lastModifiedTime().to(TimeUnit.NANOSECONDS)),
                    String.valueOf(file.fileKey())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
