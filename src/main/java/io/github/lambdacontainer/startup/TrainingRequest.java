package io.github.lambdacontainer.startup;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.StartupPlan;
import io.github.lambdacontainer.plan.StartupSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A startup archive that is wanted for an image.
 *
 * @param plan the archive and the command that reads it
 * @param settings how the function is trained
 * @param cmd the CMD of the image
 * @param environment the variables of the image
 * @param workingDirectory the WORKDIR of the image
 * @param layers the layers that Java and the function are in, lowest first, as gzip-compressed files
 * @param identity the digests of every layer of the image, lowest first
 */
public record TrainingRequest(
        StartupPlan plan,
        StartupSettings settings,
        List<String> cmd,
        Map<String, String> environment,
        String workingDirectory,
        List<Path> layers,
        List<Digest> identity) {}
