package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the integration tests find and put things; the build hands it over in system properties. */
final class It {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private It() {}

    static Path target() {
        return Path.of(System.getProperty("lambda-container.it.target", "target"))
                .toAbsolutePath()
                .normalize();
    }

    /** The version of the plugin under test. */
    static String version() {
        return System.getProperty("lambda-container.it.version", "0.1.0-SNAPSHOT");
    }

    /** A goal of the plugin under test, as it is written on the command line. */
    static String goal(String name) {
        return "io.github.lambdacontainer:lambda-container-maven-plugin:" + version() + ":" + name;
    }

    /** The local repository of the build that runs these tests, a source of what is downloaded already. */
    static Path userRepository() {
        return Path.of(System.getProperty(
                "lambda-container.it.local-repository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));
    }

    static Path projects() {
        return target().resolveSibling("src").resolve("it");
    }

    /** A new empty directory below {@code target/it}, kept after the test for whoever looks into a failure. */
    static Path directory(String name) {
        try {
            Path directory = target().resolve("it").resolve(name + "-" + NUMBER.incrementAndGet());
            delete(directory);
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path jdk() {
        return Path.of(System.getProperty("java.home"));
    }

    /** A JDK 25, from the variable {@code LAMBDA_CONTAINER_IT_JDK25} or where Linux distributions put one. */
    static Optional<Path> jdk25() {
        String given = System.getProperty("lambda-container.it.jdk25", "");
        if (!given.isBlank() && !given.startsWith("${")) {
            return Optional.of(Path.of(given));
        }
        Path jvms = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(jvms)) {
            return Optional.empty();
        }
        try (var children = Files.list(jvms)) {
            return children.filter(jdk -> jdk.getFileName().toString().contains("25"))
                    .filter(jdk -> Files.isExecutable(jdk.resolve("bin/javac")))
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (var tree = Files.walk(from)) {
            for (Path each : tree.toList()) {
                Path copy = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(each, copy);
                }
            }
        }
    }
}
