package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Debian's docker-registry as a process of its own on a loopback port. */
final class DockerRegistry implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    /** In a line of its access log. */
    private static final Pattern REQUEST = Pattern.compile("\"((?:GET|HEAD|POST|PUT|PATCH|DELETE) [^\"]+)\"");

    private final Process process;
    private final String name;
    private final InetAddress address;
    private final int port;
    private final Path log;

    private DockerRegistry(Process process, String name, InetAddress address, int port, Path log) {
        this.process = process;
        this.name = name;
        this.address = address;
        this.port = port;
        this.log = log;
    }

    /** Starts one with its files below this directory, and more lines of configuration below {@code http:} and after. */
    static DockerRegistry start(Path directory, String tls, String auth) throws IOException {
        return start(directory, "localhost", InetAddress.getByName("127.0.0.1"), tls, auth);
    }

    /** Starts one that listens on this address, which references have under this name. */
    static DockerRegistry start(Path directory, String name, InetAddress address, String tls, String auth)
            throws IOException {
        int port = freePort(address);
        Path config = directory.resolve("config.yml");
        Files.writeString(
                config,
                "version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: "
                        + directory.resolve("storage") + "\nhttp:\n  addr: '" + literal(address) + ":" + port + "'\n"
                        + tls + auth);
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        DockerRegistry registry = new DockerRegistry(process, name, address, port, log);
        registry.awaitListening();
        return registry;
    }

    private static String literal(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    private static int freePort(InetAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            if (isListening()) {
                return;
            }
            if (!process.isAlive()) {
                break;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        close();
        throw new IllegalStateException("docker-registry does not listen: " + Files.readString(log));
    }

    private boolean isListening() throws IOException {
        try (Socket socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    String host() {
        return name + ":" + port;
    }

    /** What it was asked so far, as verb, path and protocol; a request is there once its answer is complete. */
    List<String> requests() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(REQUEST::matcher)
                    .filter(Matcher::find)
                    .map(request -> request.group(1))
                    .toList();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
