package io.github.lambdacontainer.base;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** An OCI image layout that a test composes; what is given to {@link #index()} is what {@code index.json} lists. */
public final class TestLayout {

    private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";

    private final Map<Digest, byte[]> blobs = new TreeMap<>((a, b) -> a.hex().compareTo(b.hex()));
    private final ObjectNode index = newIndex();

    public static TestLayout of(TestImage image) {
        return new TestLayout().image(image, "", entry -> {});
    }

    private static ObjectNode newIndex() {
        ObjectNode index = JsonNodeFactory.instance.objectNode().put("schemaVersion", 2);
        index.putArray("manifests");
        return index;
    }

    /** Lists an image; the platform is {@code os/architecture[/variant]}, or empty for none. */
    public TestLayout image(TestImage image, String platform, Consumer<ObjectNode> edit) {
        ObjectNode entry = add(image, platform);
        edit.accept(entry);
        manifests().add(entry);
        return this;
    }

    /** Lists an attestation as BuildKit writes them. */
    public TestLayout attestation(TestImage image) {
        ObjectNode entry = add(image, "unknown/unknown");
        entry.putObject("annotations").put("vnd.docker.reference.type", "attestation-manifest");
        manifests().add(entry);
        return this;
    }

    /** Puts an index between: what was listed so far is listed by an index of its own. */
    public TestLayout nested() {
        byte[] inner = TestImage.bytes(index.deepCopy());
        manifests().removeAll();
        manifests().add(TestImage.json(blob(INDEX_TYPE, inner)));
        return this;
    }

    private ObjectNode add(TestImage image, String platform) {
        blob("", image.config());
        image.layers().forEach(layer -> blob(layer.mediaType(), layer.blob()));
        ObjectNode entry = TestImage.json(blob(image.format().manifestType(), image.manifest()));
        String[] parts = platform.split("/");
        if (parts.length > 1) {
            ObjectNode node = entry.putObject("platform").put("os", parts[0]).put("architecture", parts[1]);
            if (parts.length > 2) {
                node.put("variant", parts[2]);
            }
        }
        return entry;
    }

    /** Adds a blob. */
    public Descriptor blob(String mediaType, byte[] content) {
        blobs.put(Digest.of(content), content);
        return new Descriptor(mediaType, Digest.of(content), content.length);
    }

    private ArrayNode manifests() {
        return (ArrayNode) index.get("manifests");
    }

    /** Writes it as a directory. */
    public Path write(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return directory;
    }

    /** Writes it as an OCI archive. */
    public Path writeArchive(Path file) throws IOException {
        TarBuilder tar = new TarBuilder();
        files().forEach((path, content) -> tar.file(path, 0644, content));
        return Files.write(file, tar.build());
    }

    private Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        files.put("index.json", TestImage.bytes(index));
        blobs.forEach((digest, content) -> files.put("blobs/sha256/" + digest.hex(), content));
        return files;
    }
}
