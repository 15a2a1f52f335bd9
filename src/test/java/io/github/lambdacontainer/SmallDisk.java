package io.github.lambdacontainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk in memory that a test can fill; only root may mount one.
 *
 * @param directory where it is mounted
 */
public record SmallDisk(Path directory) implements AutoCloseable {

    private static final Path MOUNT = Path.of("/bin/mount");

    /** Whether this machine and user can have one. */
    public static boolean isPossible() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(MOUNT);
    }

    /** Mounts one of so many megabytes at a directory that does not exist yet. */
    public static SmallDisk mount(Path directory, int megabytes) throws IOException {
        Files.createDirectory(directory);
        run(MOUNT.toString(), "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
        return new SmallDisk(directory);
    }

    @Override
    public void close() throws IOException {
        run("/bin/umount", directory.toString());
    }

    private static void run(String... words) throws IOException {
        try {
            Process process = new ProcessBuilder(words).inheritIO().start();
            assertThat(process.waitFor()).as(List.of(words).toString()).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
