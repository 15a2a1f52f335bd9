package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.Credentials;
import io.github.lambdacontainer.registry.UnusableCredentialsException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;

/** Tokens for ECR's registries: one for each registry and build, and a new one for whoever was refused with it. */
final class EcrTokens {

    /** What messages call this source. */
    static final String NAME = "the AWS SDK's default credential chain";

    static final String TOKEN = "ecr:GetAuthorizationToken";
    static final String PUBLIC_TOKEN = "ecr-public:GetAuthorizationToken";

    private final Aws aws;
    private final boolean offline;
    private final Map<String, Credentials> tokens = new ConcurrentHashMap<>();
    private final Map<String, AwsReason> failures = new ConcurrentHashMap<>();

    EcrTokens(Aws aws, boolean offline) {
        this.aws = aws;
        this.offline = offline;
    }

    /** A source that shares its tokens with the others; what it has given once it does not give again. */
    CredentialSource newSource() {
        Map<String, Credentials> given = new ConcurrentHashMap<>();
        return new CredentialSource() {
            @Override
            public String name() {
                return NAME;
            }

            @Override
            public Optional<Credentials> find(String registryHost) throws UnusableCredentialsException {
                Optional<Credentials> token = token(registryHost, given.get(registryHost));
                token.ifPresent(value -> given.put(registryHost, value));
                return token;
            }
        };
    }

    /** Whether there is a token for this registry. */
    boolean has(String registry) {
        return tokens.containsKey(registry);
    }

    /** Where the credentials of the tokens are from. */
    String source() {
        return Optional.ofNullable(aws.login()).map(Login::source).orElse(NAME);
    }

    /** Why there was no token for this registry, if one was asked for in vain. */
    Optional<AwsReason> failure(String registry) {
        return Optional.ofNullable(failures.get(registry));
    }

    private synchronized Optional<Credentials> token(String registry, @Nullable Credentials refused)
            throws UnusableCredentialsException {
        Optional<EcrHost> host = EcrHost.of(registry);
        boolean isPublic = EcrHost.isPublic(registry);
        if (offline || (host.isEmpty() && !isPublic)) {
            return Optional.empty();
        }
        @Nullable Credentials known = tokens.get(registry);
        if (known != null && !known.equals(refused)) {
            return Optional.of(known);
        }
        if (known != null) {
            tokens.remove(registry);
            aws.forget();
        }
        return isPublic ? publicToken(registry) : privateToken(registry, host.orElseThrow());
    }

    private Optional<Credentials> privateToken(String registry, EcrHost host) throws UnusableCredentialsException {
        try {
            return Optional.of(keep(registry, aws.ask(host, TOKEN, EcrTokens::ask)));
        } catch (AwsException e) {
            failures.put(registry, e.reason());
            throw new UnusableCredentialsException(e.reason().text());
        }
    }

    /** Without a token the gallery is read anonymously, which most builds do: nothing to complain of. */
    private Optional<Credentials> publicToken(String registry) {
        try {
            return Optional.of(keep(registry, aws.askPublic(PUBLIC_TOKEN, EcrTokens::askPublic)));
        } catch (AwsException e) {
            failures.put(registry, e.reason());
            return Optional.empty();
        }
    }

    private Credentials keep(String registry, String token) throws AwsException {
        Credentials credentials = decode(token);
        tokens.put(registry, credentials);
        failures.remove(registry);
        return credentials;
    }

    private static String ask(EcrClient client) {
        return client.getAuthorizationToken().authorizationData().stream()
                .findFirst()
                .map(data -> String.valueOf(data.authorizationToken()))
                .orElse("");
    }

    private static String askPublic(EcrPublicClient client) {
        return String.valueOf(
                client.getAuthorizationToken(request -> {}).authorizationData().authorizationToken());
    }

    /** The user and the password that ECR joins with a colon and encodes in Base64. */
    private static Credentials decode(String token) throws AwsException {
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0 && colon < text.length() - 1) {
                return new Credentials(text.substring(0, colon), text.substring(colon + 1));
            }
        } catch (IllegalArgumentException e) {
            // The text may be a secret all the same.
        }
        throw new AwsException(new AwsReason(
                "the answer to GetAuthorizationToken holds no token", "Check the endpoint that the AWS SDK asks."));
    }
}
