package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.ImageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes from a reference to the one image for Linux on an architecture: index, manifest, config. */
final class Resolver {

    private static final int MAX_NESTED = 8;
    private static final int MAX_UNLABELLED = 8;

    private final Documents documents;
    private final Messages messages;

    Resolver(Documents documents, Messages messages) {
        this.documents = documents;
        this.messages = messages;
    }

    ResolvedImage resolve(Reference reference, Architecture architecture, Deadline deadline) {
        Document top = documents.top(reference, deadline);
        try {
            Document manifest = top.isIndex() ? child(reference, top, architecture, deadline) : top;
            return image(reference, manifest, architecture, deadline);
        } catch (MalformedException e) {
            throw messages.malformed(reference, "manifest", String.valueOf(e.getMessage()));
        }
    }

    private Document child(Reference reference, Document top, Architecture architecture, Deadline deadline)
            throws MalformedException {
        ImageIndex index = ImageIndex.of(top);
        List<String> platforms = new ArrayList<>(index.platforms());
        Optional<Descriptor> found = index.find(architecture);
        for (Descriptor nested : index.nested().stream().limit(MAX_NESTED).toList()) {
            if (found.isEmpty()) {
                ImageIndex inner = ImageIndex.of(documents.manifest(reference, nested, deadline));
                platforms.addAll(inner.platforms());
                found = inner.find(architecture);
            }
        }
        if (found.isPresent()) {
            return documents.manifest(reference, found.get(), deadline);
        }
        for (Descriptor entry :
                index.unlabelled().stream().limit(MAX_UNLABELLED).toList()) {
            Document manifest = documents.manifest(reference, entry, deadline);
            Optional<String> platform = platform(reference, manifest, deadline);
            if (platform.filter(("linux/" + architecture.ociName())::equals).isPresent()) {
                return manifest;
            }
            platform.ifPresent(platforms::add);
        }
        throw messages.noPlatform(reference, architecture, platforms);
    }

    /** What the config says, if this is the manifest of an image and not of some other artifact. */
    private Optional<String> platform(Reference reference, Document manifest, Deadline deadline)
            throws MalformedException {
        Descriptor config = manifest.config();
        if (ImageFormat.ofConfigType(config.mediaType()).isEmpty()) {
            return Optional.empty();
        }
        Document read = documents.config(reference, config, deadline);
        return read.text("os").flatMap(os -> read.text("architecture").map(name -> os + "/" + name));
    }

    private ResolvedImage image(Reference reference, Document manifest, Architecture architecture, Deadline deadline)
            throws MalformedException {
        if (manifest.isSchema1()) {
            throw messages.unsupported(reference, "in Docker's schema 1");
        }
        String mediaType = manifest.mediaType();
        if (ImageFormat.ofManifestType(mediaType).isEmpty()) {
            throw messages.unsupported(reference, "of the type '" + mediaType + "'");
        }
        Document config = documents.config(reference, manifest.config(), deadline);
        check(reference, config, architecture);
        return new ResolvedImage(reference, mediaType, manifest.raw(), config.raw());
    }

    private void check(Reference reference, Document config, Architecture architecture) {
        String os = config.text("os").orElse("an unnamed system");
        String actual = config.text("architecture").orElse("an unnamed architecture");
        if (!os.equals("linux") || !actual.equals(architecture.ociName())) {
            throw messages.wrongArchitecture(reference, architecture, os + "/" + actual);
        }
    }
}
