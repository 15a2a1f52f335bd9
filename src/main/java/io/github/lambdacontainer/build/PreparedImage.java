package io.github.lambdacontainer.build;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.local.LocalImage;
import io.github.lambdacontainer.plan.ImagePlan;
import io.github.lambdacontainer.plan.LayerPlan;
import java.util.List;

/**
 * An image of which everything is there, and nothing is packed.
 *
 * @param request what was asked
 * @param base the base it stands on
 * @param plan what was planned
 * @param layers all layers on top of the base, lowest first
 */
public record PreparedImage(BuildRequest request, Base base, ImagePlan plan, List<LayerPlan> layers) {

    /** The same image, to be run on this machine. */
    public LocalImage local() {
        return LocalImage.of(base, plan, layers, request.filesModificationTime());
    }
}
