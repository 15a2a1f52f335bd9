package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.CacheDirectory;
import io.github.lambdacontainer.image.BaseLayer;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The files of base images, unpacked into the cache once for each content, so that programs of them can be run. */
public final class BaseFiles {

    private final Path directory;

    /** Keeps unpacked bases below this cache directory. */
    public BaseFiles(Path cacheDirectory) {
        directory = cacheDirectory.resolve("bases");
    }

    /**
     * The root directory of a base's files; nobody may write to it. Links lead to where they lead in the image.
     *
     * @throws EnvironmentFailure if the files cannot be written
     */
    public Path unpacked(Base base) {
        Path root = directory.resolve(key(base));
        if (Files.isDirectory(root)) {
            return root;
        }
        CacheDirectory cache = new CacheDirectory(directory);
        cache.removeLeftOvers();
        try {
            cache.make(root, unfinished -> unpack(base, unfinished), Files::isDirectory);
            return root;
        } catch (IOException e) {
            throw new EnvironmentFailure(
                    Problem.of(
                            "The base image '" + base.facts().name() + "' could not be unpacked into '" + directory
                                    + "': " + DiskReason.withFile(e) + ".",
                            "cacheDirectory",
                            "Free some space there, make the directory writable, or name another one."),
                    e);
        }
    }

    private static String key(Base base) {
        String layers = base.image().layers().stream()
                .map(BaseLayer::diffId)
                .map(Digest::toString)
                .collect(Collectors.joining("\n"));
        return Digest.of(layers.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static void unpack(Base base, Path root) throws IOException {
        for (BaseLayer layer : base.image().layers()) {
            new LayerUnpacker(root).unpack(base.layers().file(layer.descriptor()));
        }
    }
}
