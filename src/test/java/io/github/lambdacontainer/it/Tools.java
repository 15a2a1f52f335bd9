package io.github.lambdacontainer.it;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that the tests use where they are installed. */
final class Tools {

    private Tools() {}

    static Optional<Path> find(String name) {
        Stream<String> path = Arrays.stream(System.getenv("PATH").split(File.pathSeparator));
        return Stream.concat(path, Stream.of("/usr/sbin", "/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Path get(String name) {
        return find(name).orElseThrow(() -> new AssertionError(name + " is not installed"));
    }

    static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a missing tool fails its tests instead of skipping them, as it does in CI. */
    static boolean required() {
        return Boolean.parseBoolean(System.getenv("LAMBDA_CONTAINER_REQUIRE_TOOLS"))
                || Boolean.getBoolean("lambda-container.it.require-tools");
    }
}
