package io.github.lambdacontainer.registry;

import java.nio.file.Path;

/** Where the bytes of a blob are that is pushed. */
public sealed interface BlobSource {

    /**
     * In memory, as a config is.
     *
     * @param bytes the blob; nobody changes it any more
     */
    @SuppressWarnings("ArrayRecordComponent")
    record InMemory(byte[] bytes) implements BlobSource {}

    /**
     * In a file.
     *
     * @param path the file
     */
    record InFile(Path path) implements BlobSource {}

    /**
     * In a registry, as layers of a base are: in the cache, if they were downloaded before, else streamed from there.
     *
     * @param reference the image they belong to
     */
    record InRegistry(Reference reference) implements BlobSource {}
}
