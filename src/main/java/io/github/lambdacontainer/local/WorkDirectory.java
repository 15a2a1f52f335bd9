package io.github.lambdacontainer.local;

import io.github.lambdacontainer.cache.CacheDirectory;
import io.github.lambdacontainer.cache.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory that lasts as long as a function runs, and goes with an interrupted build too. */
final class WorkDirectory implements AutoCloseable {

    private final Path directory;
    private final ExitHook hook = new ExitHook(this::delete);

    private WorkDirectory(Path directory) {
        this.directory = directory;
    }

    static WorkDirectory create(Path parent) throws IOException {
        Path directory = Files.createDirectory(new CacheDirectory(parent).unfinished("run"));
        WorkDirectory work = new WorkDirectory(directory.toRealPath());
        work.hook.register();
        Files.createDirectory(work.files());
        Files.createDirectory(work.root());
        Files.createDirectory(work.temporary());
        return work;
    }

    /** Where the files of the image's layers are. */
    Path files() {
        return directory.resolve("files");
    }

    /** An empty directory, over which a file system can be mounted. */
    Path root() {
        return directory.resolve("root");
    }

    Path temporary() {
        return directory.resolve("tmp");
    }

    /** A file that is no part of the image. */
    Path beside(String name) {
        return directory.resolve(name);
    }

    /** Where an archive can be. */
    Path archive() {
        return directory.resolve("image.tar");
    }

    /** A name that no other work directory has here, and that a tag may have (OCI distribution specification). */
    String name() {
        return String.valueOf(directory.getFileName()).replaceFirst("^[^A-Za-z0-9]+", "");
    }

    @Override
    public void close() {
        hook.run();
    }

    private void delete() {
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            // What a process still writes to is left to mvn clean.
            return;
        }
    }
}
