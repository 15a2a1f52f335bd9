package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An image to push: some layers of a base in a registry, some in files, and a config. */
final class PushedApp {

    private final ImageFormat format;
    private final List<PushedBlob> blobs = new ArrayList<>();
    private final Path directory;

    /** With the directory for the files of its layers. */
    PushedApp(ImageFormat format, Path directory) {
        this.format = format;
        this.directory = directory;
    }

    static byte[] random(int seed, int size) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    /** Adds a layer that is in this registry. */
    PushedApp base(Reference base, Descriptor layer) {
        blobs.add(new PushedBlob(
                new Descriptor(format.layerType(), layer.digest(), layer.size()), new BlobSource.InRegistry(base)));
        return this;
    }

    /** Adds a layer in a file. */
    PushedApp layer(byte[] content) {
        Digest digest = Digest.of(content);
        try {
            Path file = Files.write(Files.createDirectories(directory).resolve(digest.hex()), content);
            blobs.add(new PushedBlob(
                    new Descriptor(format.layerType(), digest, content.length), new BlobSource.InFile(file)));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of the layers that are in files. */
    List<Path> files() {
        return blobs.stream()
                .map(PushedBlob::source)
                .filter(BlobSource.InFile.class::isInstance)
                .map(source -> ((BlobSource.InFile) source).path())
                .toList();
    }

    /** The image, which goes there under these tags. */
    ImagePush push(Reference target, List<String> tags, List<String> mountFrom) {
        List<PushedBlob> all = new ArrayList<>(blobs);
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[]}}")
                .getBytes(StandardCharsets.UTF_8);
        Descriptor descriptor = new Descriptor(format.configType(), Digest.of(config), config.length);
        all.add(new PushedBlob(descriptor, new BlobSource.InMemory(config)));
        String manifest = ScriptedRegistry.manifestJson(
                format, descriptor, blobs.stream().map(PushedBlob::descriptor).toList());
        return new ImagePush(
                target, tags, format, new RawJson(manifest.getBytes(StandardCharsets.UTF_8)), all, mountFrom);
    }

    ImagePush push(Reference target, String... tags) {
        return push(target, List.of(tags), List.of());
    }
}
