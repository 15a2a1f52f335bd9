package io.github.lambdacontainer.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** An OCI layout that the tests write; the manifests in it may be Docker's. */
final class ImageLayout {

    static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    ImageLayout(Path directory) {
        try {
            this.directory = directory;
            Files.createDirectories(directory.resolve("blobs/sha256"));
            Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A blob of the layout. */
    record Blob(String digest, long size) {

        ObjectNode descriptor(String mediaType) {
            return JSON.createObjectNode()
                    .put("mediaType", mediaType)
                    .put("digest", digest)
                    .put("size", size);
        }
    }

    /** A layer of the layout. */
    record LayerBlob(Blob blob, String diffId) {}

    Path directory() {
        return directory;
    }

    Path file(String digest) {
        return directory.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    JsonNode read(String digest) {
        try {
            return JSON.readTree(file(digest).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Blob add(JsonNode json) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(json);
            String digest = "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes));
            Files.write(file(digest), bytes);
            return new Blob(digest, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LayerBlob add(LayerFiles layer) {
        try {
            Path part = Files.createTempFile(directory, "layer", ".part");
            MessageDigest digest = sha256();
            try (OutputStream to = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                layer.writeTarGz(to);
            }
            Blob blob = new Blob("sha256:" + HexFormat.of().formatHex(digest.digest()), Files.size(part));
            Files.move(part, file(blob.digest()), StandardCopyOption.REPLACE_EXISTING);
            return new LayerBlob(blob, diffId(file(blob.digest())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names what the layout holds; the last step, so that a layout with an index is complete. */
    void index(ObjectNode... descriptors) {
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2);
        ArrayNode manifests = index.putArray("manifests");
        for (ObjectNode descriptor : descriptors) {
            manifests.add(descriptor);
        }
        try {
            Path part = directory.resolve("index.json.part");
            Files.write(part, JSON.writeValueAsBytes(index));
            Files.move(part, directory.resolve("index.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The descriptor that {@code index.json} names. */
    JsonNode top() {
        try {
            return JSON.readTree(directory.resolve("index.json").toFile())
                    .path("manifests")
                    .path(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String diffId(Path gzip) throws IOException {
        MessageDigest digest = sha256();
        try (var from = new DigestInputStream(new GZIPInputStream(Files.newInputStream(gzip)), digest)) {
            from.transferTo(OutputStream.nullOutputStream());
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
