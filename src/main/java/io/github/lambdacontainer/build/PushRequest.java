package io.github.lambdacontainer.build;

import io.github.lambdacontainer.ecr.NewRepository;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a push beside the image and its name.
 *
 * @param mountFrom repositories of the same registry that may have some of the image's layers
 * @param newRepository how the repository is created if Amazon ECR does not have it, or empty if it may not be created
 */
public record PushRequest(List<String> mountFrom, Optional<NewRepository> newRepository) {}
