package io.github.lambdacontainer.ecr;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a repository is created that does not exist.
 *
 * @param imageTagMutability {@code MUTABLE}, {@code IMMUTABLE} or one of ECR's values with exclusions; ECR's default if
 *     empty
 * @param scanOnPush whether images are scanned when they are pushed
 * @param kmsKey the KMS key that encrypts it, or empty for ECR's default encryption
 * @param tags resource tags
 * @param lambdaPullPolicy whether Lambda may read its images
 * @param accounts further AWS accounts whose functions may use its images
 */
public record NewRepository(
        Optional<String> imageTagMutability,
        boolean scanOnPush,
        Optional<String> kmsKey,
        Map<String, String> tags,
        boolean lambdaPullPolicy,
        List<String> accounts) {}
