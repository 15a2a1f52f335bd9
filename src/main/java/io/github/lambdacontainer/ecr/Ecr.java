package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.registry.RefusalAdvice;

/** Amazon ECR as one build uses it: one set of AWS credentials, clients made when they are needed. */
public final class Ecr {

    /** Whether this registry is a private registry of Amazon ECR. */
    public static boolean isPrivate(String registry) {
        throw new UnsupportedOperationException(registry);
    }

    /** The host that Lambda takes in an image URI: never the one for FIPS. */
    public static String functionHost(String registry) {
        throw new UnsupportedOperationException(registry);
    }

    /** Credentials for ECR's registries, private and public, from the AWS SDK's default chain. */
    public CredentialSource credentials() {
        throw new UnsupportedOperationException();
    }

    /** What ECR's refusals mean. */
    public RefusalAdvice advice() {
        throw new UnsupportedOperationException();
    }

    /**
     * Creates the repository of an image.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be created
     */
    public void create(Reference image, NewRepository repository) {
        throw new UnsupportedOperationException(image.toString() + repository);
    }

    /** What to tell the user if the repository may not be created: the command that does. */
    public static Problem missing(Reference image, Problem registrysOwn) {
        throw new UnsupportedOperationException(image.toString() + registrysOwn);
    }
}
