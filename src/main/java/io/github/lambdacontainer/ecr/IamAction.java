package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.registry.Refusal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The IAM actions that requests need. */
final class IamAction {

    private static final Pattern MISSING = Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)");

    private IamAction() {}

    /** The action that these words of AWS say is missing, if they do. */
    static Optional<String> in(String words) {
        Matcher matcher = MISSING.matcher(words);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The action that was refused: the one that ECR names, or else those that what was asked needs. */
    static String of(Refusal refusal) {
        return in(refusal.words()).orElseGet(() -> neededFor(refusal));
    }

    /** As in the Amazon ECR user guide, "IAM permissions for pushing an image" and "pulling an image". */
    private static String neededFor(Refusal refusal) {
        return switch (refusal.phase()) {
            case LOOKUP -> "ecr:BatchCheckLayerAvailability";
            case MOUNT, UPLOAD_START -> "ecr:InitiateLayerUpload";
            case UPLOAD -> "ecr:UploadLayerPart and ecr:CompleteLayerUpload";
            case PUBLISH -> "ecr:PutImage";
            case CONFIG, BLOB -> "ecr:GetDownloadUrlForLayer";
            case MANIFEST, TOKEN, TAG, READ_BACK -> "ecr:BatchGetImage";
        };
    }
}
