package io.github.lambdacontainer.local;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.image.ContainerConfig;
import io.github.lambdacontainer.plan.ImagePlan;
import io.github.lambdacontainer.plan.LayerPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image that is not packed, to be run on this machine.
 *
 * @param base the base it stands on
 * @param layers the layers on top of the base, lowest first
 * @param command its ENTRYPOINT and CMD
 * @param environment its environment variables
 * @param workingDirectory its WORKDIR
 * @param filesModificationTime modification time of every file of its layers
 */
public record LocalImage(
        Base base,
        List<LayerPlan> layers,
        List<String> command,
        Map<String, String> environment,
        String workingDirectory,
        Instant filesModificationTime) {

    /**
     * The image of this plan.
     *
     * @param layers all layers on top of the base, with those of the Java runtime and the C library
     */
    public static LocalImage of(Base base, ImagePlan plan, List<LayerPlan> layers, Instant filesModificationTime) {
        ContainerConfig config = plan.config();
        List<String> command =
                new ArrayList<>(config.entrypoint().orElse(base.facts().entrypoint()));
        command.addAll(config.cmd());
        Map<String, String> environment = new LinkedHashMap<>(base.facts().environment());
        environment.putAll(config.environment());
        String directory = config.workingDirectory()
                .or(() -> base.facts().workingDirectory())
                .filter(path -> !path.isEmpty())
                .orElse("/");
        return new LocalImage(
                base, List.copyOf(layers), List.copyOf(command), environment, directory, filesModificationTime);
    }

    /** The same image with another command, and a layer on top. */
    public LocalImage with(List<String> words, LayerPlan top) {
        List<LayerPlan> all = new ArrayList<>(layers);
        all.add(top);
        return new LocalImage(
                base, List.copyOf(all), List.copyOf(words), environment, workingDirectory, filesModificationTime);
    }

    /** The same image with another command. */
    public LocalImage withCommand(List<String> words) {
        return new LocalImage(base, layers, List.copyOf(words), environment, workingDirectory, filesModificationTime);
    }
}
