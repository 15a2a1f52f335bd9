package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.registry.RefusalAdvice;

/**
 * Amazon ECR as one build uses it: one set of AWS credentials, clients made when they are needed.
 *
 * <p>The region is the one in the registry's host. The API is asked where the AWS SDK asks it: at the region's endpoint,
 * the one for FIPS or dual-stack as the host has it, or where the user says, as for a VPC endpoint, in
 * {@code AWS_ENDPOINT_URL_ECR}, {@code AWS_ENDPOINT_URL}, {@code endpoint_url} of a profile, or the system properties
 * {@code aws.endpointUrlEcr} and {@code aws.endpointUrl}.
 */
public final class Ecr {

    private final Aws aws;
    private final EcrTokens tokens;

    /**
     * For one build; asks nothing yet and loads nothing of the AWS SDK that is slow.
     *
     * @param http how AWS is spoken to, with the proxies that registries have too; offline it never is
     */
    public Ecr(HttpSettings http) {
        this.aws = new Aws(http);
        this.tokens = new EcrTokens(aws, http.offline());
    }

    /** Whether this registry is a private registry of Amazon ECR. */
    public static boolean isPrivate(String registry) {
        return EcrHost.of(registry).isPresent();
    }

    /**
     * The host that Lambda takes in an image URI: the registry's first name.
     *
     * <p>Lambda refuses the one for FIPS. Of the dual-stack name AWS does not say whether Lambda takes it; the first
     * name is the same registry, and it is Lambda that resolves it, so that IPv6 on this machine makes no difference.
     */
    public static String functionHost(String registry) {
        return EcrHost.of(registry).map(EcrHost::plain).orElse(registry);
    }

    /**
     * Credentials for ECR's registries, private and public, from the AWS SDK's default chain.
     *
     * <p>All sources of one build share their tokens. A source that is asked again for a registry gets a new one.
     */
    public CredentialSource credentials() {
        return tokens.newSource();
    }

    /** What ECR's refusals mean. */
    public RefusalAdvice advice() {
        return new EcrAdvice(tokens);
    }

    /**
     * Creates the repository of an image.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be created
     */
    public void create(Reference image, NewRepository repository) {
        EcrHost host = EcrHost.of(image.registry()).orElseThrow();
        new RepositoryCreation(aws, host, image).run(repository);
    }

    /** What to tell the user if the repository may not be created: the command that does. */
    public static Problem missing(Reference image, Problem registrysOwn) {
        EcrHost host = EcrHost.of(image.registry()).orElseThrow();
        return Problem.of(
                registrysOwn.what(),
                "to.createRepository",
                "Create it with 'aws ecr create-repository --repository-name " + image.repository() + " --region "
                        + host.region() + "', or set this to true.");
    }
}
