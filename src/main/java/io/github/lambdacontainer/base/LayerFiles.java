package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.Descriptor;
import java.nio.file.Path;

/** The layers of a base image as files of this machine. */
@FunctionalInterface
public interface LayerFiles {

    /**
     * The verified file of a layer that {@link Base#image()} lists; nobody may write to it.
     *
     * @throws IllegalArgumentException if the image has no such layer
     */
    Path file(Descriptor layer);
}
