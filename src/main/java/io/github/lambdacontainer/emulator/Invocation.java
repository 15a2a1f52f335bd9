package io.github.lambdacontainer.emulator;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One event for a function, with what Lambda tells the function beside it.
 *
 * @param requestId names the invocation
 * @param event the event, at most {@link Payload#LARGEST_EVENT} bytes
 * @param timeout how long the function may take, from the moment it has the event
 * @param functionArn the function as the caller named it
 * @param traceId the X-Ray trace header
 * @param clientContext what a mobile application says of itself, as JSON
 * @param cognitoIdentity the caller's Amazon Cognito identity, as JSON
 * @param tenantId the tenant, of functions that isolate tenants
 */
public record Invocation(
        String requestId,
        Payload event,
        Duration timeout,
        String functionArn,
        String traceId,
        Optional<String> clientContext,
        Optional<String> cognitoIdentity,
        Optional<String> tenantId) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Checks the size of the event.
     *
     * @throws IllegalArgumentException if the event is larger than Lambda takes
     */
    public Invocation {
        if (event.size() > Payload.LARGEST_EVENT) {
            throw new IllegalArgumentException("An event of " + event.size() + " bytes");
        }
    }

    /** An event with a new request ID and trace, and nothing else said. */
    public static Invocation of(Payload event, Duration timeout) {
        return new Invocation(
                UUID.randomUUID().toString(),
                event,
                timeout,
                functionArn("function"),
                newTrace(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The ARN of a function of this name in an account of nobody. */
    public static String functionArn(String name) {
        return "arn:aws:lambda:us-east-1:012345678912:function:" + name;
    }

    /** The same for a function that the caller names so. */
    public Invocation withFunctionArn(String arn) {
        return new Invocation(requestId, event, timeout, arn, traceId, clientContext, cognitoIdentity, tenantId);
    }

    /** The same within the caller's trace. */
    public Invocation withTraceId(String trace) {
        return new Invocation(requestId, event, timeout, functionArn, trace, clientContext, cognitoIdentity, tenantId);
    }

    /** The same from this client, caller and tenant. */
    public Invocation withCaller(Optional<String> client, Optional<String> identity, Optional<String> tenant) {
        return new Invocation(requestId, event, timeout, functionArn, traceId, client, identity, tenant);
    }

    /** A trace that is not sampled, in the form of X-Ray's tracing header. */
    private static String newTrace() {
        return String.format(
                Locale.ROOT,
                "Root=1-%08x-%024x;Parent=%016x;Sampled=0",
                Instant.now().getEpochSecond(),
                new BigInteger(96, RANDOM),
                new BigInteger(64, RANDOM));
    }
}
