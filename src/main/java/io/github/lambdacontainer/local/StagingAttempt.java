package io.github.lambdacontainer.local;

import java.util.Optional;

/**
 * What came of laying an image out: the image, or why it cannot run on this machine.
 *
 * @param image the image, if it can
 * @param refusal why it cannot, in words that follow "because"; empty if it can
 */
record StagingAttempt(Optional<StagedFiles> image, String refusal) {

    static StagingAttempt of(StagedFiles image) {
        return new StagingAttempt(Optional.of(image), "");
    }

    static StagingAttempt refused(String reason) {
        return new StagingAttempt(Optional.empty(), reason);
    }

    boolean succeeded() {
        return image.isPresent();
    }
}
