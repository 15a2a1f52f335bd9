package io.github.lambdacontainer.goal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a repository of Amazon ECR is created that does not exist (ECR API reference, CreateRepository). Nothing of an
 * existing repository is changed.
 */
public final class RepositoryOptions implements Options.Group {

    /** Whether a tag may be moved to another image later: {@code MUTABLE}, or {@code IMMUTABLE} if it may not. */
    @Option("ECR's own: MUTABLE")
    private @Nullable String imageTagMutability;

    /** Whether ECR scans each image when it is pushed. */
    @Option("false")
    private @Nullable Boolean scanOnPush;

    /** The key of AWS KMS that encrypts the images: its id, its alias or its ARN. */
    @Option("none: ECR's own encryption")
    private @Nullable String kmsKey;

    /** Resource tags of the repository. */
    @Option("none")
    private @Nullable Map<String, String> tags;

    /**
     * Whether the repository's policy lets Lambda read its images. Lambda adds that by itself where whoever creates the
     * function may change the policy (AWS Lambda Developer Guide, "Amazon ECR permissions").
     */
    @Option("false")
    private @Nullable Boolean lambdaPullPolicy;

    /** Ids of further AWS accounts whose functions may use the images, twelve digits each; with {@code lambdaPullPolicy}. */
    @Option("none")
    private @Nullable List<String> accounts;

    @Nullable String imageTagMutability() {
        return imageTagMutability;
    }

    boolean scanOnPush() {
        return Boolean.TRUE.equals(scanOnPush);
    }

    @Nullable String kmsKey() {
        return kmsKey;
    }

    Map<String, String> tags() {
        return tags == null ? Map.of() : tags;
    }

    boolean lambdaPullPolicy() {
        return Boolean.TRUE.equals(lambdaPullPolicy);
    }

    List<String> accounts() {
        return accounts == null ? List.of() : accounts;
    }
}
