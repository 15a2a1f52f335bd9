package io.github.lambdacontainer.cache;

import io.github.lambdacontainer.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that stores and finds the same blob many times. */
final class StoringProcess {

    static final int SIZE = 100_000;
    static final Digest DIGEST = Digest.of(new byte[SIZE]);

    private static final int TIMES = 50;

    private StoringProcess() {}

    static Process start(Path root) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return new ProcessBuilder(java, "-cp", classPath, StoringProcess.class.getName(), root.toString())
                .redirectErrorStream(true)
                .start();
    }

    public static void main(String[] arguments) throws IOException {
        for (int i = 0; i < TIMES; i++) {
            BlobCache cache = new BlobCache(Path.of(arguments[0]));
            cache.store(DIGEST, SIZE, new ByteArrayInputStream(new byte[SIZE]));
            if (new BlobCache(Path.of(arguments[0])).find(DIGEST, SIZE).isEmpty()) {
                throw new IllegalStateException("The blob is not found");
            }
        }
    }
}
