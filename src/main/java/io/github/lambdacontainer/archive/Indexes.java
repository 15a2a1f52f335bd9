package io.github.lambdacontainer.archive;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.image.ImageFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The two documents that lead to the image: {@code index.json} of the OCI layout and {@code manifest.json} of Docker. */
final class Indexes {

    private Indexes() {}

    /** One descriptor, whatever the number of names: readers refuse a layout with several where they want one. */
    static String ociIndex(Image image, List<String> names) {
        Descriptor manifest = image.manifestDescriptor();
        String annotations = names.stream()
                .findFirst()
                .map(name -> ",\"annotations\":{\"io.containerd.image.name\":" + quoted(name)
                        + ",\"org.opencontainers.image.ref.name\":" + quoted(tag(name)) + "}")
                .orElse("");
        return "{\"schemaVersion\":2,\"mediaType\":\"" + ImageFormat.OCI.indexType()
                + "\",\"manifests\":[{\"mediaType\":\""
                + manifest.mediaType() + "\",\"digest\":\"" + manifest.digest() + "\",\"size\":" + manifest.size()
                + annotations + "}]}";
    }

    static String dockerManifest(Image image, List<String> names) {
        String layers = image.layers().stream()
                .map(layer -> quoted(layer.descriptor().digest().layoutPath()))
                .collect(Collectors.joining(","));
        String tags = names.stream().map(Indexes::quoted).collect(Collectors.joining(","));
        return "[{\"Config\":" + quoted(image.imageId().layoutPath()) + ",\"RepoTags\":[" + tags + "],\"Layers\":["
                + layers + "]}]";
    }

    private static String tag(String name) {
        return name.substring(name.lastIndexOf(':') + 1);
    }

    /** Names and paths hold nothing that JSON escapes. */
    private static String quoted(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c > '~' || c == '"' || c == '\\')) {
            throw new IllegalArgumentException("'" + text + "' is not the name of an image");
        }
        return "\"" + text + "\"";
    }
}
