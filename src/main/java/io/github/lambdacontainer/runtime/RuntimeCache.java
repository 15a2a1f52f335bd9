package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.cache.CacheDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Linked runtimes as directories {@code <root>/<key>}. A directory appears whole or not at all, and is made anew if a file
 * of it is missing or has another size than it was made with.
 */
final class RuntimeCache {

    private static final String IMAGE = "image";
    private static final String LIST = "files";

    private final Path root;
    private final CacheDirectory directory;

    RuntimeCache(Path root) {
        this.root = root.toAbsolutePath();
        this.directory = new CacheDirectory(this.root);
    }

    /** Makes a runtime in a directory that does not exist yet. */
    @FunctionalInterface
    interface Maker {
        void make(Path directory) throws IOException;
    }

    /** The directory of this key's runtime, made if need be; it takes no more than so many bytes. */
    Path get(String key, LongSupplier mostBytes, Maker maker) {
        Path entry = root.resolve(key);
        try {
            if (!isWhole(entry)) {
                directory.removeLeftOvers();
                make(entry, maker);
            }
        } catch (IOException e) {
            throw CacheProblems.unwritable("The Java runtime", mostBytes.getAsLong(), root, e);
        }
        return entry.resolve(IMAGE);
    }

    private void make(Path entry, Maker maker) throws IOException {
        directory.make(
                entry,
                unfinished -> {
                    maker.make(unfinished.resolve(IMAGE));
                    Files.writeString(
                            unfinished.resolve(LIST), list(unfinished.resolve(IMAGE)), StandardCharsets.UTF_8);
                },
                RuntimeCache::isWhole);
    }

    private static boolean isWhole(Path entry) throws IOException {
        Path list = entry.resolve(LIST);
        Path image = entry.resolve(IMAGE);
        if (!Files.isRegularFile(list) || !Files.isDirectory(image)) {
            return false;
        }
        return new String(Files.readAllBytes(list), StandardCharsets.UTF_8).equals(list(image));
    }

    private static String list(Path image) throws IOException {
        StringBuilder list = new StringBuilder();
        for (FileTrees.TreeFile file : FileTrees.files(image)) {
            list.append(Files.size(file.path())).append(' ').append(file.name()).append('\n');
        }
        return list.toString();
    }
}
