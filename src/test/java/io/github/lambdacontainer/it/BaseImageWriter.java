package io.github.lambdacontainer.it;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdacontainer.image.ImageFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one base image: layers and the configuration of its containers. The layers, with whole JDKs in them, are written
 * to disk as they come; {@link io.github.lambdacontainer.base.TestImage} is for small images, and for broken ones.
 */
final class BaseImageWriter {

    private final ImageFormat format;
    private final String architecture;
    private final List<LayerFiles> layers = new ArrayList<>();
    private final ObjectNode container = ImageLayout.JSON.createObjectNode();

    BaseImageWriter(ImageFormat format, String architecture) {
        this.format = format;
        this.architecture = architecture;
    }

    BaseImageWriter layer(LayerFiles layer) {
        layers.add(layer);
        return this;
    }

    BaseImageWriter environment(String... variables) {
        return strings("Env", variables);
    }

    BaseImageWriter entrypoint(String... words) {
        return strings("Entrypoint", words);
    }

    BaseImageWriter cmd(String... words) {
        return strings("Cmd", words);
    }

    BaseImageWriter workingDirectory(String directory) {
        container.put("WorkingDir", directory);
        return this;
    }

    /** Writes an index: the image, one for another architecture, and an attestation for each, as builders do. */
    void writeIndex(ImageLayout to) {
        writeIndex(to, List.of());
    }

    /** The same, where the other image has these layers too, whatever their programs are for. */
    void writeIndexOfTwins(ImageLayout to) {
        writeIndex(to, layers);
    }

    private void writeIndex(ImageLayout to, List<LayerFiles> ofOther) {
        ObjectNode index =
                ImageLayout.JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", format.indexType());
        String other = architecture.equals("amd64") ? "arm64" : "amd64";
        BaseImageWriter dummy =
                new BaseImageWriter(format, other).layer(new LayerFiles().text("/etc/architecture", other, 0644));
        ofOther.forEach(dummy::layer);
        dummy.container.setAll(container);
        ObjectNode first = manifest(to);
        ObjectNode second = dummy.manifest(to);
        ArrayNode manifests = index.putArray("manifests");
        manifests.add(first).add(second);
        manifests.add(attestation(to, first)).add(attestation(to, second));
        to.index(to.add(index).descriptor(format.indexType()));
    }

    /** Writes the image alone. */
    void writeSingle(ImageLayout to) {
        to.index(manifest(to));
    }

    private ObjectNode manifest(ImageLayout to) {
        ObjectNode manifest =
                ImageLayout.JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", format.manifestType());
        ObjectNode config = ImageLayout.JSON
                .createObjectNode()
                .put("architecture", architecture)
                .put("created", LayerFiles.TIME.toString());
        config.set("config", container);
        ArrayNode history = config.putArray("history");
        config.put("os", "linux");
        ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ArrayNode layerDescriptors = ImageLayout.JSON.createArrayNode();
        for (LayerFiles layer : layers) {
            ImageLayout.LayerBlob blob = to.add(layer);
            diffIds.add(blob.diffId());
            layerDescriptors.add(blob.blob().descriptor(format.layerType()));
            history.addObject().put("created", LayerFiles.TIME.toString()).put("created_by", "ADD files / ");
        }
        manifest.set("config", to.add(config).descriptor(format.configType()));
        manifest.set("layers", layerDescriptors);
        ObjectNode descriptor = to.add(manifest).descriptor(format.manifestType());
        descriptor.putObject("platform").put("architecture", architecture).put("os", "linux");
        return descriptor;
    }

    private ObjectNode attestation(ImageLayout to, ObjectNode subject) {
        ObjectNode manifest = ImageLayout.JSON
                .createObjectNode()
                .put("schemaVersion", 2)
                .put("mediaType", ImageFormat.OCI.manifestType());
        ObjectNode config = ImageLayout.JSON
                .createObjectNode()
                .put("architecture", "unknown")
                .put("os", "unknown");
        config.putObject("config");
        ObjectNode statement = ImageLayout.JSON
                .createObjectNode()
                .put("_type", "https://in-toto.io/Statement/v0.1")
                .put("subject", subject.path("digest").asText());
        config.putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add(to.add(statement).digest());
        manifest.set("config", to.add(config).descriptor(ImageFormat.OCI.configType()));
        manifest.putArray("layers").add(to.add(statement).descriptor("application/vnd.in-toto+json"));
        ObjectNode descriptor = to.add(manifest).descriptor(ImageFormat.OCI.manifestType());
        descriptor.putObject("platform").put("architecture", "unknown").put("os", "unknown");
        descriptor
                .putObject("annotations")
                .put("vnd.docker.reference.digest", subject.path("digest").asText())
                .put("vnd.docker.reference.type", "attestation-manifest");
        return descriptor;
    }

    private BaseImageWriter strings(String name, String... values) {
        ArrayNode array = container.putArray(name);
        for (String value : values) {
            array.add(value);
        }
        return this;
    }
}
