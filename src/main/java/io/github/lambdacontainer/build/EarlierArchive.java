package io.github.lambdacontainer.build;

import io.github.lambdacontainer.cache.Stored;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.registry.CurrentImage;
import io.github.lambdacontainer.report.BuildLog;
import io.github.lambdacontainer.startup.ArchiveSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The startup archive of an image in the registry that was made of the same inputs.
 *
 * @param images the images that may have it
 * @param below the digests of the tars of all layers below the archive, lowest first
 * @param log hears why an archive that is there is not taken
 */
record EarlierArchive(EarlierImages images, List<Digest> below, BuildLog log) implements ArchiveSource {

    @Override
    public Optional<Stored> find(String key, Taker taker) {
        return images.images()
                .filter(image -> key.equals(image.labels().get(StartupLayer.LABEL)) && isRightBelow(image))
                .flatMap(image -> take(image, taker).stream())
                .findFirst();
    }

    /** An image that somebody made on top of ours has its label, too. */
    private boolean isRightBelow(CurrentImage image) {
        int top = below.size();
        return image.layers().size() == top + 1
                && image.diffIds().size() == top + 1
                && image.diffIds().subList(0, top).equals(below);
    }

    private Optional<Stored> take(CurrentImage image, Taker taker) {
        Descriptor top = image.layers().get(below.size());
        try (InputStream layer = images.current().open(image, top)) {
            return Optional.of(taker.take(layer));
        } catch (Failure e) {
            return unusable(image, e.problems().get(0).what());
        } catch (IOException e) {
            return unusable(image, "its startup archive cannot be read (" + e.getMessage() + ").");
        }
    }

    private Optional<Stored> unusable(CurrentImage image, String reason) {
        log.nothingReused(image.reference().toString(), reason);
        return Optional.empty();
    }
}
