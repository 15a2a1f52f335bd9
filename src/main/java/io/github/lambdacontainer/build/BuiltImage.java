package io.github.lambdacontainer.build;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.layer.BuiltLayer;
import io.github.lambdacontainer.plan.ImagePlan;
import java.nio.file.Path;
import java.util.List;

/**
 * An image that was built.
 *
 * @param request what was asked
 * @param base the base it stands on
 * @param plan what was planned
 * @param layers the layers on top of the base, lowest first
 * @param image its documents
 */
public record BuiltImage(BuildRequest request, Base base, ImagePlan plan, List<BuiltLayer> layers, Image image) {

    List<String> names() {
        return List.of();
    }

    Path file(Descriptor layer) {
        return layers.stream()
                .filter(built -> built.layer().digest().equals(layer.digest()))
                .map(BuiltLayer::blob)
                .findFirst()
                .orElseGet(() -> base.layers().file(layer));
    }
}
