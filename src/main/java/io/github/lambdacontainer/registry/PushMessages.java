package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Every sentence in which only pushing fails; none of them holds a secret. */
final class PushMessages {

    private static final String IMAGE = Wording.PUSHING.image();

    private final Redactor redactor;

    PushMessages(Redactor redactor) {
        this.redactor = redactor;
    }

    UserFailure offline(Reference target) {
        return new UserFailure(Problem.of(
                "The image '" + target + "' is not pushed, because Maven works offline.",
                IMAGE,
                "Run the build without -o, or without the goal 'push'."));
    }

    EnvironmentFailure noUploadAddress(Reference target) {
        return new EnvironmentFailure(Problem.of(
                target.registry() + " started an upload for '" + target.bare() + "' and did not say where.",
                IMAGE,
                "Check that this address is a container registry."));
    }

    EnvironmentFailure storedOther(Reference target, String what, Digest pushed, String stored) {
        return new EnvironmentFailure(Problem.of(
                redactor.redact(target.registry() + " stored another " + what + " in '" + target.bare()
                        + "' than was pushed: its digest must be " + pushed + ", it is " + stored + "."),
                IMAGE,
                "Do not use this image before it is clear who changed it."));
    }

    Problem tagMoved(Reference tag, Digest pushed, Digest found) {
        return Problem.of(
                "The tag '" + tag + "' does not name the image that was pushed: its digest must be " + pushed
                        + ", it is " + found + ".",
                IMAGE,
                "Check whether another build pushes this tag too. The image is there as '" + tag.pinned(pushed) + "'.");
    }

    UserFailure immutable(Reference tag, Digest pushed, Digest existing, int status, String words) {
        return new UserFailure(Problem.of(
                redactor.redact("The tag '" + tag + "' cannot be moved from " + existing + " to " + pushed + ": "
                        + tag.registry() + " answered " + status + words + "."),
                IMAGE,
                "Push under another tag, or let the repository's tags be overwritten."));
    }

    EnvironmentFailure changed(String what, Descriptor blob, Optional<Digest> actual) {
        return new EnvironmentFailure(Problem.of(
                what + " changed after the image was built: its digest must be " + blob.digest()
                        + actual.map(digest -> ", it is " + digest).orElse(" and its size " + blob.size() + " bytes")
                        + ".",
                "Let nothing else write there during the build, and run it again."));
    }

    EnvironmentFailure unreadable(Path file, IOException cause) {
        return new EnvironmentFailure(
                Problem.of(
                        "'" + file + "' cannot be read: " + DiskReason.of(cause) + ".",
                        "Make the file readable, or run the build again."),
                cause);
    }
}
