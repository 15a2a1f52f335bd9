package io.github.lambdacontainer.image;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the new image says beyond its base; everything else of the base's config is kept as it is.
 *
 * @param entrypoint the new ENTRYPOINT, or empty to keep the base's
 * @param cmd the new CMD
 * @param environment variables set on top of the base's, in order
 * @param labels labels set on top of the base's, in order
 * @param workingDirectory the new WORKDIR, or empty to keep the base's
 * @param user the new USER, or empty to keep the base's
 * @param created the creation time of the image and of each new history entry
 */
public record ContainerConfig(
        Optional<List<String>> entrypoint,
        List<String> cmd,
        Map<String, String> environment,
        Map<String, String> labels,
        Optional<String> workingDirectory,
        Optional<String> user,
        Instant created) {

    /** The same with one label more, or with another value for it. */
    public ContainerConfig withLabel(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(name, value);
        return new ContainerConfig(entrypoint, cmd, environment, more, workingDirectory, user, created);
    }
}
