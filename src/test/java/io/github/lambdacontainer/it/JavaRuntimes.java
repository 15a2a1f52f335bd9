package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/** Java runtimes for base images, linked from the JDKs of the build machine. */
final class JavaRuntimes {

    private static final String MODULES =
            "java.se,jdk.unsupported,jdk.crypto.ec,jdk.naming.dns,jdk.zipfs,jdk.localedata,jdk.charsets,jdk.net,jdk.management";

    private JavaRuntimes() {}

    /** Links a runtime and writes the class data archive that AWS's bootstrap names. */
    static Path link(Path jdk, Path to) {
        try {
            It.delete(to);
            Command.of(
                            jdk.resolve("bin/jlink"),
                            "--add-modules",
                            MODULES,
                            "--strip-debug",
                            "--no-header-files",
                            "--no-man-pages",
                            "--output",
                            to)
                    .within(Duration.ofMinutes(5))
                    .output();
            try (var files = Files.walk(to)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.setLastModifiedTime(file, FileTime.from(LayerFiles.TIME));
                }
            }
            Path archive = to.resolve("lib/server/runtime.jsa");
            Command.of(to.resolve("bin/java"), "-Xshare:dump", "-XX:+UseSerialGC", "-XX:SharedArchiveFile=" + archive)
                    .output();
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
