package io.github.lambdacontainer.local;

import io.github.lambdacontainer.cache.CacheDirectory;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Layers that consist of files of the cache, those of a linked Java or a startup archive, laid out in the cache once:
 * whoever runs an image with them again finds them there. Such files are not written to once they have their name, so a
 * layer is known by their paths, sizes and times.
 */
final class LaidOutLayers {

    /** One time for all projects; nothing that is started looks at the times of a Java. */
    private static final Instant TIME = Instant.ofEpochSecond(1);

    /** What nobody has run for so long is laid out again when somebody does. */
    private static final Duration UNUSED = Duration.ofDays(30);

    private static final Duration BETWEEN_MARKS = Duration.ofDays(1);

    private final List<Path> sources;
    private final Path directory;
    private final CacheDirectory layers;

    LaidOutLayers(Path cacheDirectory) {
        Path cache = cacheDirectory.toAbsolutePath().normalize();
        this.sources = List.of(cache.resolve("runtimes"), cache.resolve("blobs"));
        this.directory = cache.resolve("laid-out");
        this.layers = new CacheDirectory(directory);
    }

    /**
     * What of an image is in the cache.
     *
     * @param directories the layers that are, topmost first
     * @param others the layers that are not, lowest first
     */
    record Split(List<Path> directories, List<LayerPlan> others) {}

    /** Lays out what can be; a layer that replaces files of a lower one that is not laid out stays with the others. */
    Split split(List<LayerPlan> plans) throws IOException {
        List<Path> directories = new ArrayList<>();
        List<LayerPlan> others = new ArrayList<>();
        Set<String> below = new HashSet<>();
        for (LayerPlan layer : plans) {
            List<String> targets =
                    layer.entries().stream().map(LayerEntry::target).toList();
            if (targets.stream().noneMatch(below::contains)
                    && layer.entries().stream().allMatch(this::isOfCache)) {
                directories.add(0, directory(layer));
            } else {
                below.addAll(targets);
                others.add(layer);
            }
        }
        return new Split(directories, others);
    }

    private boolean isOfCache(LayerEntry entry) {
        return entry instanceof LayerEntry.File file
                && file.content() instanceof Content.OnDisk content
                && sources.stream().anyMatch(content.path().toAbsolutePath().normalize()::startsWith);
    }

    private Path directory(LayerPlan layer) throws IOException {
        Path laid = directory.resolve(key(layer));
        if (Files.isDirectory(laid)) {
            markUsed(laid);
        } else {
            layers.removeLeftOvers();
            removeUnused();
            layers.make(
                    laid, unfinished -> new LaidOutFiles(unfinished).write(List.of(layer), TIME), Files::isDirectory);
        }
        return laid;
    }

    /** The time of a layer's directory tells when it was last used, to the day. */
    private static void markUsed(Path laid) throws IOException {
        Instant now = Instant.now();
        if (isOlder(laid, now.minus(BETWEEN_MARKS))) {
            Files.setLastModifiedTime(laid, FileTime.from(now));
        }
    }

    private static boolean isOlder(Path path, Instant limit) throws IOException {
        return Files.getLastModifiedTime(path).toInstant().isBefore(limit);
    }

    /** The directory grows by this and at no other time. */
    private void removeUnused() throws IOException {
        Instant limit = Instant.now().minus(UNUSED);
        try (DirectoryStream<Path> laid = Files.newDirectoryStream(directory, "[0-9a-f]*")) {
            for (Path layer : laid) {
                removeIfUnused(layer, limit);
            }
        } catch (NoSuchFileException e) {
            // Nothing was ever laid out.
            return;
        }
    }

    private void removeIfUnused(Path layer, Instant limit) {
        try {
            if (isOlder(layer, limit)) {
                layers.remove(layer);
            }
        } catch (IOException e) {
            // Another build removes the same one, or it stays until the next time.
            return;
        }
    }

    private static String key(LayerPlan layer) throws IOException {
        StringBuilder text = new StringBuilder();
        for (LayerEntry entry : layer.entries()) {
            if (entry instanceof LayerEntry.File file && file.content() instanceof Content.OnDisk content) {
                BasicFileAttributes found = Files.readAttributes(content.path(), BasicFileAttributes.class);
                text.append('\n').append(file.target()).append(' ').append(file.mode());
                text.append('\n').append(content.path());
                text.append('\n').append(found.size()).append(' ').append(found.lastModifiedTime());
            }
        }
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }
}
