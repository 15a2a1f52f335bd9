package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.Credentials;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.MissingRepositoryException;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.registry.RefusalAdvice;
import io.github.lambdacontainer.registry.UnusableCredentialsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Amazon ECR as one build uses it: one set of AWS credentials, clients made when they are needed.
 *
 * <p>The region is the one in the registry's host. The API is asked where the AWS SDK asks it: at the region's endpoint,
 * the one for FIPS or dual-stack as the host has it, or where the user says, as for a VPC endpoint, in
 * {@code AWS_ENDPOINT_URL_ECR}, {@code AWS_ENDPOINT_URL}, {@code endpoint_url} of a profile, or the system properties
 * {@code aws.endpointUrlEcr} and {@code aws.endpointUrl}.
 */
public final class Ecr {

    /** What needs the AWS SDK, whose classes are loaded where there is something to ask ECR for. */
    private record Session(Aws aws, EcrTokens tokens) {}

    /**
     * What needs a repository.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface RepositoryUse<T> {
        /** Does it. */
        T run() throws MissingRepositoryException;
    }

    private final HttpSettings http;
    private final AwsListener listener;
    private final Duration patience;
    private final List<Duration> pauses;
    private @Nullable Session session;

    /**
     * For one build; asks nothing yet and loads nothing of the AWS SDK.
     *
     * @param http how AWS is spoken to, with the proxies that registries have too; offline it never is
     * @param listener hears of every wait, and of a source of credentials that lets it wait
     */
    public Ecr(HttpSettings http, AwsListener listener) {
        this(http, listener, CredentialWatch.PATIENCE, Appearance.PAUSES);
    }

    /** With how long credentials may be looked for in silence, and the pauses of {@link Appearance}. */
    Ecr(HttpSettings http, AwsListener listener, Duration patience, List<Duration> pauses) {
        this.http = http;
        this.listener = listener;
        this.patience = patience;
        this.pauses = pauses;
    }

    private synchronized Session session() {
        if (session == null) {
            Aws aws = new Aws(http, listener, patience);
            session = new Session(aws, new EcrTokens(aws, http.offline()));
        }
        return session;
    }

    private static boolean isEcr(String registry) {
        return isPrivate(registry) || EcrHost.isPublic(registry);
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
        return new CredentialSource() {
            private @Nullable CredentialSource tokens;

            @Override
            public String name() {
                return EcrTokens.NAME;
            }

            @Override
            public boolean isFor(String registryHost) {
                return isEcr(registryHost);
            }

            @Override
            public Optional<Credentials> find(String registryHost) throws UnusableCredentialsException {
                return isFor(registryHost) ? tokens().find(registryHost) : Optional.empty();
            }

            private synchronized CredentialSource tokens() {
                if (tokens == null) {
                    tokens = session().tokens().newSource();
                }
                return tokens;
            }
        };
    }

    /** What ECR's refusals mean. */
    public RefusalAdvice advice() {
        return refusal -> isEcr(refusal.reference().registry())
                ? new EcrAdvice(session().tokens()).explain(refusal)
                : Optional.empty();
    }

    /**
     * Creates the repository of an image, unless another build has done so meanwhile.
     *
     * @return whether this build created it
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be created
     */
    public boolean create(Reference image, NewRepository repository) {
        EcrHost host = EcrHost.of(image.registry()).orElseThrow();
        return new RepositoryCreation(session().aws(), host, image, appearance(image)).run(repository);
    }

    /**
     * Does what needs the repository of an image that was just created, by this build or another one, and repeats it
     * while it is not there yet.
     *
     * @param <T> what that gives
     * @throws MissingRepositoryException if it is not there after a quarter of a minute either
     */
    public <T> T whenCreated(Reference image, RepositoryUse<T> use) throws MissingRepositoryException {
        return appearance(image).await(MissingRepositoryException.class, use::run);
    }

    private Appearance appearance(Reference image) {
        return new Appearance(image, listener, pauses);
    }

    /** What to tell the user if a repository that was created does not appear. */
    public static Problem notThereYet(Problem registrysOwn) {
        return Problem.of(
                registrysOwn.what() + " It was created, and is not there yet.",
                "to.createRepository",
                "Run the build again.");
    }

    /** What to tell the user if the repository may not be created: the command that does. */
    public static Problem missing(Reference image, Problem registrysOwn) {
        EcrHost host = EcrHost.of(image.registry()).orElseThrow();
        return Problem.of(
                registrysOwn.what(),
                "to.createRepository",
                "Create it with 'aws ecr create-repository --repository-name " + image.repository() + " --region "
                        + host.region() + "', or set this to true. If the image belongs to another account or region,"
                        + " correct <to><image>.");
    }
}
