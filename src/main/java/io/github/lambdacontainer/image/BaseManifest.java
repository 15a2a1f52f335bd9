package io.github.lambdacontainer.image;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.util.List;

/** What is read of a base image's manifest (OCI image specification, manifest.md; Docker's manifest v2 schema 2). */
record BaseManifest(ImageFormat format, Descriptor config, List<Descriptor> layers) {

    static BaseManifest read(String mediaType, RawJson raw) {
        JsonObject root = Json.read("The base image's manifest " + raw.digest(), raw);
        ImageFormat format = format(mediaType, root);
        long version = root.integer("schemaVersion").orElseThrow(() -> root.missing("schemaVersion"));
        if (version != 2) {
            throw root.malformed("'schemaVersion' is " + version + ", not 2");
        }
        Descriptor config =
                root.object("config").orElseThrow(() -> root.missing("config")).descriptor();
        List<Descriptor> layers =
                root.objects("layers").stream().map(JsonObject::descriptor).toList();
        return new BaseManifest(format, config, layers);
    }

    /** What the manifest says of itself counts most, because its digest covers that. */
    private static ImageFormat format(String transported, JsonObject root) {
        String mediaType = root.text("mediaType")
                .or(() -> ImageFormat.ofManifestType(transported).map(ImageFormat::manifestType))
                .or(() -> root.object("config")
                        .flatMap(config -> config.text("mediaType"))
                        .flatMap(ImageFormat::ofConfigType)
                        .map(ImageFormat::manifestType))
                .orElse(transported);
        return ImageFormat.ofManifestType(mediaType).orElseThrow(() -> unsupported(root.document(), mediaType));
    }

    private static EnvironmentFailure unsupported(String document, String mediaType) {
        return new EnvironmentFailure(
                Problem.of(
                        document + " is of the media type '" + mediaType + "', which is not that of one image.",
                        "from.image",
                        "Use a base image whose manifest is an OCI image manifest or a Docker image manifest version 2, schema 2."));
    }
}
