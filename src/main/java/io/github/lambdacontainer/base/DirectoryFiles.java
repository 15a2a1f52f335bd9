package io.github.lambdacontainer.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The files of an image in a directory. */
record DirectoryFiles(Path directory) implements ImageFiles {

    @Override
    public OptionalLong size(String path) {
        try {
            Path file = directory.resolve(path);
            return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(directory.resolve(path));
    }

    @Override
    public Optional<Path> local(String path) {
        return Optional.of(directory.resolve(path));
    }

    @Override
    public void close() {}
}
