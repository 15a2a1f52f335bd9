package io.github.lambdacontainer.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.BaseLayer;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.RawJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the image for one architecture from an OCI layout (OCI image specification, image-layout.md). */
record OciLayoutReader(ImageDocuments documents, UnusableBase base) {

    FoundBase read(Architecture architecture) {
        IndexEntry chosen = new IndexReader(documents, base, this::platform).choose(architecture);
        RawJson manifest = documents.document(chosen.descriptor());
        BaseImage image = image(chosen.descriptor());
        Map<Digest, Path> blobs = new LinkedHashMap<>();
        for (BaseLayer layer : image.layers()) {
            blobs.computeIfAbsent(layer.descriptor().digest(), d -> documents.blob(layer.descriptor()));
        }
        return new FoundBase(Optional.of(manifest.digest()), image, new LayerMap(blobs));
    }

    private BaseImage image(Descriptor descriptor) {
        RawJson manifest = documents.document(descriptor);
        return BaseImage.parse(descriptor.mediaType(), manifest, documents.document(config(manifest)));
    }

    private Platform platform(IndexEntry entry) {
        return Platform.of(image(entry.descriptor()));
    }

    private Descriptor config(RawJson manifest) {
        String path = manifest.digest().layoutPath();
        JsonNode config = documents.json(path, manifest).path("config");
        try {
            return ImageDocuments.descriptor(config);
        } catch (IllegalArgumentException e) {
            throw base.damaged("'" + path + "' names no config: " + e.getMessage());
        }
    }
}
