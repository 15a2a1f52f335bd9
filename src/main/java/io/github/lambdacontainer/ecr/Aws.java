package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.registry.HttpSettings;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;

/**
 * The calls of one build to AWS: one login, a client for each call, nothing left running after it.
 *
 * <p>Endpoints are the SDK's, with its own overrides ({@code AWS_ENDPOINT_URL_ECR}, {@code AWS_ENDPOINT_URL}, the same
 * in a profile, and their system properties).
 */
final class Aws {

    /** Where the public gallery gives tokens. */
    private static final Region PUBLIC_REGION = Region.US_EAST_1;

    private final AwsHttpClient http;
    private final AwsListener listener;
    private final Duration patience;
    private @Nullable Login login;

    /** With how long credentials may be looked for in silence. */
    Aws(HttpSettings settings, AwsListener listener, Duration patience) {
        this.http = new AwsHttpClient(settings);
        this.listener = listener;
        this.patience = patience;
    }

    /** Asks the API of a private registry; the action is the IAM action that this needs. */
    <T> T ask(EcrHost host, String action, Function<EcrClient, T> call) throws AwsException {
        Login used = login(watch -> CredentialChain.login(true, watch));
        return run(action, host.region(), used, () -> {
            try (EcrClient client = client(host, used)) {
                return call.apply(client);
            }
        });
    }

    /** Asks the API of the public gallery, if there are credentials without waiting for them. */
    <T> T askPublic(String action, Function<EcrPublicClient, T> call) throws AwsException {
        Login used = login(watch -> {
            if (!AwsSettings.nameAny()) {
                throw new AwsException(CredentialChain.none());
            }
            return CredentialChain.login(AwsSettings.isEc2Instance(), watch);
        });
        return run(action, PUBLIC_REGION.id(), used, () -> {
            try (EcrPublicClient client = with(
                            EcrPublicClient.builder().region(PUBLIC_REGION), "Amazon ECR Public", used)
                    .build()) {
                return call.apply(client);
            }
        });
    }

    /** Whose credentials are used, once there was a call. */
    synchronized @Nullable Login login() {
        return login;
    }

    /** Asks for credentials anew at the next call. */
    synchronized void forget() {
        login = null;
    }

    private synchronized Login login(Chain chain) throws AwsException {
        if (login == null) {
            login = find(chain);
        }
        return login;
    }

    private Login find(Chain chain) throws AwsException {
        try (CredentialWatch watch = new CredentialWatch(listener, patience)) {
            return AwsHttpService.with(http, () -> chain.login(watch));
        } catch (Failure e) {
            throw e;
        } catch (RuntimeException e) {
            // What no source is to blame for, such as a setting that is no path.
            throw new AwsException(AwsReasons.ofSource(e, "the AWS SDK"));
        }
    }

    /** A way through the sources of credentials. */
    @FunctionalInterface
    private interface Chain {
        Login login(CredentialWatch watch) throws AwsException;
    }

    private static <T> T run(String action, String region, Login login, Supplier<T> call) throws AwsException {
        try {
            return call.get();
        } catch (Failure e) {
            // Of this machine's own settings, such as a proxy whose password cannot be read.
            throw e;
        } catch (RuntimeException e) {
            throw new AwsException(AwsReasons.ofCall(e, action, region, login));
        }
    }

    private EcrClient client(EcrHost host, Login used) {
        EcrClient client = builder(host, used).build();
        boolean special = host.fips() || host.dualStack();
        if (!special || client.serviceClientConfiguration().endpointOverride().isPresent()) {
            // An endpoint that the user names is asked as it is; the SDK refuses to combine the two.
            return client;
        }
        client.close();
        return builder(host, used)
                .fipsEnabled(host.fips())
                .dualstackEnabled(host.dualStack())
                .build();
    }

    private EcrClientBuilder builder(EcrHost host, Login used) {
        return with(EcrClient.builder().region(Region.of(host.region())), "Amazon ECR in " + host.region(), used);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B with(
            B builder, String service, Login used) {
        RetryStrategy retries = new ToldRetries(
                AwsRetryStrategy.defaultRetryStrategy(),
                (failure, delay) -> listener.waiting(service, AwsReasons.ofAttempt(failure, used), delay));
        return builder.overrideConfiguration(all -> all.retryStrategy(retries))
                .httpClient(http)
                .credentialsProvider(StaticCredentialsProvider.create(used.credentials()));
    }
}
