package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.image.ContainerConfig;
import io.github.lambdacontainer.project.Handler;
import java.util.List;
import java.util.Optional;

/**
 * Everything about an image that can be known before anything is made.
 *
 * @param handler the handler it runs
 * @param javaRuntime the Java runtime to be linked, where the base has none
 * @param cLibrary whether the C library of the build machine has to be added, as on {@code scratch}
 * @param layers the layers to be made, lowest first; those of the Java runtime and the C library go below them
 * @param startup the startup archive to be made on top of the layers, where one is possible
 * @param config what the image's config says beyond the base's
 * @param java feature version of the Java that will run the function
 * @param added what is added to the base and why, a line each
 * @param warnings what the user should know although it does not stop the build, a line each
 */
public record ImagePlan(
        Handler handler,
        Optional<JavaRuntimePlan> javaRuntime,
        boolean cLibrary,
        List<LayerPlan> layers,
        Optional<StartupPlan> startup,
        ContainerConfig config,
        int java,
        List<String> added,
        List<String> warnings) {}
