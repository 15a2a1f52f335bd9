package io.github.lambdacontainer.build;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.base.UncompressedSizes;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.image.ImageLayer;
import io.github.lambdacontainer.layer.BuiltLayer;
import io.github.lambdacontainer.local.LocalImage;
import io.github.lambdacontainer.plan.ImagePlan;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.report.ImageReport;
import io.github.lambdacontainer.report.ReportedBase;
import io.github.lambdacontainer.report.ReportedLayer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An image that was built.
 *
 * @param request what was asked
 * @param base the base it stands on
 * @param plan what was planned
 * @param image its documents
 * @param added the layers on top of the base by digest
 * @param report what is told of it before it goes anywhere
 */
public record BuiltImage(
        BuildRequest request,
        Base base,
        ImagePlan plan,
        Image image,
        Map<Digest, BuiltLayer> added,
        ImageReport report) {

    static BuiltImage of(
            BuildRequest request,
            Base base,
            ImagePlan plan,
            Image image,
            List<BuiltLayer> layers,
            UncompressedSizes sizes) {
        Map<Digest, BuiltLayer> added = layers.stream()
                .collect(
                        Collectors.toMap(built -> built.layer().digest(), Function.identity(), (first, same) -> first));
        ImageReport report = new ImageReport(
                Optional.of(request.name()),
                image.imageId(),
                image.digest(),
                tags(request),
                false,
                Optional.empty(),
                request.settings().architecture(),
                plan.handler().toString(),
                ReportedBase.of(base.facts(), base.digest()),
                image.entrypoint(),
                image.cmd(),
                image.layers().stream()
                        .map(layer -> reported(
                                layer,
                                Optional.ofNullable(added.get(layer.descriptor().digest())),
                                base,
                                sizes))
                        .toList(),
                plan.warnings());
        return new BuiltImage(request, base, plan, image, added, report);
    }

    private static ReportedLayer reported(
            ImageLayer layer, Optional<BuiltLayer> added, Base base, UncompressedSizes sizes) {
        return added.map(built -> ReportedLayer.of(layer, built.layer().uncompressedSize(), built.reused()))
                .orElseGet(() -> ReportedLayer.of(
                        layer, sizes.of(layer.diffId(), () -> base.layers().file(layer.descriptor())), false));
    }

    /** The name it was given. */
    Reference reference() {
        return reference(request);
    }

    static Reference reference(BuildRequest request) {
        return Reference.parse(request.name(), "to.image");
    }

    /** Its tags, at least one. */
    List<String> tags() {
        return report.tags();
    }

    static List<String> tags(BuildRequest request) {
        List<String> all = Stream.concat(reference(request).tag().stream(), request.tags().stream())
                .distinct()
                .toList();
        return all.isEmpty() ? List.of("latest") : all;
    }

    /** Full names with a tag, one a tag, such as {@code docker.io/library/hello:1}. */
    public List<String> names() {
        Reference reference = reference();
        return tags().stream().map(tag -> reference.tagged(tag).toString()).toList();
    }

    /** The same image, to be run where its layers are already. */
    public LocalImage local() {
        return LocalImage.of(base, plan, List.of(), request.filesModificationTime());
    }

    /** The file with the blob of this layer. */
    Path file(Descriptor layer) {
        BuiltLayer built = added.get(layer.digest());
        return built == null ? base.layers().file(layer) : built.blob();
    }
}
