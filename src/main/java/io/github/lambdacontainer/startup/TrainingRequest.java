package io.github.lambdacontainer.startup;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.local.LocalImage;
import io.github.lambdacontainer.plan.StartupPlan;
import io.github.lambdacontainer.plan.StartupSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * A startup archive that is wanted for an image.
 *
 * @param plan the archive and the command that reads it
 * @param settings how the function is trained
 * @param cmd the CMD of the image
 * @param image the image without the archive
 * @param layers its layers on top of the base, lowest first, as gzip-compressed files
 * @param identity the digests of every layer of the image, lowest first
 */
public record TrainingRequest(
        StartupPlan plan,
        StartupSettings settings,
        List<String> cmd,
        LocalImage image,
        List<Path> layers,
        List<Digest> identity) {}
