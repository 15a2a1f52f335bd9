package io.github.lambdacontainer.build;

import io.github.lambdacontainer.local.LocalImage;
import io.github.lambdacontainer.plan.LayerPlan;
import java.util.List;

/**
 * An image with the startup archive that was made of exactly its bytes.
 *
 * @param local the image, to be run on this machine
 * @param layers its layers without the archive
 * @param states what their files were like before they were read
 */
public record StartedImage(LocalImage local, List<LayerPlan> layers, SourceStates states) {

    /**
     * Whether nobody has written to the files since the archive was found. An archive does not tell by itself that it was
     * made of other classes, so what was laid out in the meantime may not be run with it otherwise.
     */
    public boolean holds() {
        return SourceStates.of(layers).equals(states);
    }
}
