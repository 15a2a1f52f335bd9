package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.registry.HttpSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpService;

/**
 * Gives the SDK its HTTP client where the SDK makes a client of its own, as for assuming a role or for SSO.
 *
 * <p>The SDK finds it as a service and can hand it nothing, so the build's client is bound to the thread for the time
 * of the call: several builds in one process keep to their own proxies, and nothing outlives them.
 */
public final class AwsHttpService implements SdkHttpService {

    private static final ThreadLocal<@Nullable SdkHttpClient> CURRENT = new ThreadLocal<>();

    /** For the SDK's service loader. */
    public AwsHttpService() {}

    /** Does this with this client. */
    static <T> T with(SdkHttpClient client, Action<T> action) throws AwsException {
        CURRENT.set(client);
        try {
            return action.run();
        } finally {
            CURRENT.remove();
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SdkHttpClient.Builder createHttpClientBuilder() {
        SdkHttpClient client =
                Optional.ofNullable(CURRENT.get()).orElseGet(() -> new AwsHttpClient(HttpSettings.DEFAULT));
        return defaults -> client;
    }

    /** Something that may make the SDK make a client of its own. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws AwsException;
    }
}
