package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Images and containers of Podman that a test has for itself, as it runs where containers are nested; closing it gives
 * back what it has mounted.
 *
 * @param directory where everything of it is
 */
record PodmanStore(Path directory) implements AutoCloseable {

    /** An empty one. */
    static PodmanStore create(String name) {
        PodmanStore store = new PodmanStore(It.directory(name));
        try {
            Files.writeString(store.storage(), """
                    [storage]
                    driver = "overlay"
                    graphroot = "%1$s/root"
                    runroot = "%1$s/run"
                    """.formatted(store.directory));
            Files.writeString(store.engine(), "[engine]\nruntime = \"runc\"\n");
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path storage() {
        return directory.resolve("storage.conf");
    }

    private Path engine() {
        return directory.resolve("containers.conf");
    }

    /** The variables by which Podman finds it. */
    Map<String, String> environment() {
        return Map.of(
                "CONTAINERS_STORAGE_CONF", storage().toString(),
                "CONTAINERS_CONF", engine().toString());
    }

    /** A build whose Podman uses it. */
    MavenBuild usedBy(MavenBuild build) {
        environment().forEach(build::environment);
        return build;
    }

    /** What Podman prints. */
    String podman(String... words) {
        Command command = Command.of(Stream.concat(Stream.of(Tools.get("podman").toString()), Stream.of(words))
                .toList());
        environment().forEach(command::environment);
        return command.output();
    }

    /** Files that belong to other users of a namespace only Podman can delete. */
    @Override
    public void close() throws IOException {
        podman("system", "reset", "--force");
        assertThat(mounts()).isEmpty();
    }

    private List<String> mounts() throws IOException {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return mounts.filter(line -> line.contains(" " + directory + "/")).toList();
        }
    }
}
