package io.github.lambdacontainer.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.BlobMismatchException;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.JsonTrees;
import io.github.lambdacontainer.image.RawJson;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads documents and blobs of a stored image, each checked against what names it. */
record ImageDocuments(ImageFiles files, BlobCache cache, UnusableBase base) {

    private static final JsonFactory JSON = new JsonFactory();

    /** A document by its path. */
    RawJson document(String path) {
        long size = files.size(path).orElseThrow(() -> missing(path));
        if (size > RawJson.MAX_SIZE) {
            throw base.damaged("'" + path + "' has " + size + " bytes, more than the " + RawJson.MAX_SIZE
                    + " that such a document may have");
        }
        try (InputStream in = files.open(path)) {
            return new RawJson(in.readNBytes(RawJson.MAX_SIZE));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** A document by its descriptor. */
    RawJson document(Descriptor descriptor) {
        String path = descriptor.digest().layoutPath();
        RawJson document = document(path);
        if (document.size() != descriptor.size()) {
            throw otherSize(path, document.size(), descriptor.size());
        }
        if (!document.digest().equals(descriptor.digest())) {
            throw otherDigest(path, document.digest(), descriptor.digest());
        }
        return document;
    }

    JsonNode json(String path, RawJson document) {
        try {
            return JsonTrees.read(JSON, document.bytes());
        } catch (JsonProcessingException e) {
            throw base.damaged("'" + path + "' is not JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A verified file with a blob's content. */
    Path blob(Descriptor descriptor) {
        String path = descriptor.digest().layoutPath();
        long size = files.size(path).orElseThrow(() -> missing(path));
        if (size != descriptor.size()) {
            throw otherSize(path, size, descriptor.size());
        }
        Optional<Path> local = files.local(path);
        try {
            return local.isPresent() ? verified(path, local.get(), descriptor) : cached(path, descriptor);
        } catch (BlobMismatchException e) {
            throw e.actual()
                    .map(found -> otherDigest(path, found, descriptor.digest()))
                    .orElseGet(() -> unreadable(path, e));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private Path verified(String path, Path file, Descriptor descriptor) throws IOException {
        try (InputStream in = files.open(path)) {
            Digest found = Digest.of(in);
            if (!found.equals(descriptor.digest())) {
                throw otherDigest(path, found, descriptor.digest());
            }
        }
        return file;
    }

    private Path cached(String path, Descriptor descriptor) throws IOException {
        Optional<Path> found = cache.find(descriptor.digest(), descriptor.size());
        if (found.isPresent()) {
            return found.get();
        }
        try (InputStream in = files.open(path)) {
            return cache.store(descriptor.digest(), descriptor.size(), in);
        }
    }

    /**
     * The descriptor that a node holds.
     *
     * @throws IllegalArgumentException if it names nothing
     */
    static Descriptor descriptor(JsonNode node) {
        return new Descriptor(
                node.path("mediaType").asText(""),
                Digest.parse(node.path("digest").asText("")),
                node.path("size").asLong(-1));
    }

    UserFailure missing(String path) {
        return base.damaged("'" + path + "' is missing");
    }

    UserFailure otherDigest(String path, Digest found, Digest expected) {
        return base.damaged("'" + path + "' has the digest " + found + ", not " + expected);
    }

    private UserFailure otherSize(String path, long found, long expected) {
        return base.damaged("'" + path + "' has " + found + " bytes, not " + expected);
    }

    UserFailure unreadable(String path, IOException e) {
        return base.damaged("'" + path + "' cannot be read (" + e.getMessage() + ")");
    }
}
