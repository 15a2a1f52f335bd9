package io.github.lambdacontainer.build;

import io.github.lambdacontainer.base.BaseReference;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.registry.BlobSource;
import io.github.lambdacontainer.registry.ImagePush;
import io.github.lambdacontainer.registry.PushedBlob;
import io.github.lambdacontainer.registry.Reference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says of an image where each of its blobs is and which repositories may have them.
 *
 * @param built the image
 * @param base the base's reference, if it is in a registry
 */
record PushPlan(BuiltImage built, Optional<Reference> base) {

    static PushPlan of(BuiltImage built) {
        return new PushPlan(
                built,
                built.base().reference() instanceof BaseReference.Registry registry
                        ? Optional.of(registry.reference())
                        : Optional.empty());
    }

    /** The push, which looks for blobs in the base's repository first and then in these. */
    ImagePush push(List<String> mountFrom) {
        Image image = built.image();
        Reference target = built.reference();
        Stream<PushedBlob> layers =
                image.layers().stream().map(layer -> new PushedBlob(layer.descriptor(), source(layer.descriptor())));
        Stream<PushedBlob> config = Stream.of(new PushedBlob(
                image.configDescriptor(), new BlobSource.InMemory(image.config().bytes())));
        Stream<String> siblings =
                base.filter(from -> from.registry().equals(target.registry())).map(Reference::repository).stream();
        return new ImagePush(
                target,
                built.tags(),
                image.format(),
                image.manifest(),
                Stream.concat(layers, config).toList(),
                Stream.concat(siblings, mountFrom.stream())
                        .filter(repository -> !repository.equals(target.repository()))
                        .distinct()
                        .toList());
    }

    /** A layer of the base that is stored under another digest there, as it was compressed anew, is on this machine. */
    private BlobSource source(Descriptor layer) {
        boolean stored = !built.added().containsKey(layer.digest())
                && built.base().image().stores(layer.digest());
        return base.filter(from -> stored)
                .<BlobSource>map(BlobSource.InRegistry::new)
                .orElseGet(() -> new BlobSource.InFile(built.file(layer)));
    }
}
