package io.github.lambdacontainer.cache;

import io.github.lambdacontainer.image.Digest;
import java.nio.file.Path;

/**
 * A blob that was written to the cache.
 *
 * @param digest the digest of its bytes
 * @param size its size in bytes
 * @param path the file that holds it; never written to again
 */
public record Stored(Digest digest, long size, Path path) {}
