package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.Reference;
import java.util.function.Function;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.Tag;

/**
 * Creates a repository, and lets Lambda read it.
 *
 * @param aws who asks
 * @param host the registry
 * @param image the image that needs the repository
 * @param appearance waits for the repository
 */
record RepositoryCreation(Aws aws, EcrHost host, Reference image, Appearance appearance) {

    private static final String CREATE = "ecr:CreateRepository";
    private static final String POLICY = "ecr:SetRepositoryPolicy";

    /** Whether it was created, and not there already. */
    boolean run(NewRepository repository) {
        boolean created = created(repository);
        if (created && repository.lambdaPullPolicy()) {
            setPolicy(new LambdaPullPolicy(host.region(), repository.accounts()).json());
        }
        return created;
    }

    private void setPolicy(String policy) {
        SetRepositoryPolicyRequest request = SetRepositoryPolicyRequest.builder()
                .registryId(host.account())
                .repositoryName(image.repository())
                .policyText(policy)
                .build();
        ask(
                POLICY,
                "was created, but Lambda could not be allowed to read it",
                "to.repository.lambdaPullPolicy",
                " Builds leave the repository alone now that it exists, so then set its policy with: "
                        + policyCommand(policy),
                client ->
                        appearance.await(RepositoryNotFoundException.class, () -> client.setRepositoryPolicy(request)));
    }

    /** For a POSIX shell; the policy holds no single quotes. */
    private String policyCommand(String policy) {
        return "aws ecr set-repository-policy --registry-id " + host.account() + " --repository-name "
                + image.repository() + " --region " + host.region() + " --policy-text '" + policy + "'";
    }

    /** Whether this build created it, and not another one at the same time: then its policy is the other's. */
    private boolean created(NewRepository repository) {
        CreateRepositoryRequest request = request(repository);
        return ask(CREATE, "could not be created", "to.createRepository", "", client -> {
            try {
                client.createRepository(request);
                return true;
            } catch (RepositoryAlreadyExistsException e) {
                return false;
            }
        });
    }

    private CreateRepositoryRequest request(NewRepository repository) {
        CreateRepositoryRequest.Builder request = CreateRepositoryRequest.builder()
                .registryId(host.account())
                .repositoryName(image.repository())
                .imageScanningConfiguration(scanning -> scanning.scanOnPush(repository.scanOnPush()));
        repository.imageTagMutability().ifPresent(request::imageTagMutability);
        repository
                .kmsKey()
                .ifPresent(key -> request.encryptionConfiguration(EncryptionConfiguration.builder()
                        .encryptionType(EncryptionType.KMS)
                        .kmsKey(key)
                        .build()));
        if (!repository.tags().isEmpty()) {
            request.tags(repository.tags().entrySet().stream()
                    .map(tag -> Tag.builder()
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .build())
                    .toList());
        }
        return request.build();
    }

    private <T> T ask(String action, String what, String setting, String further, Function<EcrClient, T> call) {
        try {
            return aws.ask(host, action, call);
        } catch (AwsException e) {
            throw new EnvironmentFailure(Problem.of(
                    "The repository '" + image.repository() + "' in " + image.registry() + " " + what + ": "
                            + e.reason().what() + ".",
                    setting,
                    e.reason().next() + further));
        }
    }
}
