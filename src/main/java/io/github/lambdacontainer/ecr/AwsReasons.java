package io.github.lambdacontainer.ecr;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What the failures of the AWS SDK mean, in sentences that hold AWS's own words and nothing secret. */
final class AwsReasons {

    private static final int MAX_WORDS = 300;

    private AwsReasons() {}

    /** Why a source of credentials that was meant to have some gave none. */
    static AwsReason ofSource(RuntimeException failure, String source) {
        return unreachable(failure)
                .map(text ->
                        new AwsReason(source + " gave no AWS credentials: " + text, "Check the network and the proxy."))
                .orElseGet(() -> new AwsReason(
                        source + " gave no AWS credentials: " + shortened(words(failure)),
                        "Correct what it says, or remove it."));
    }

    /**
     * Why a call failed.
     *
     * @param action the IAM action it needs, such as {@code ecr:CreateRepository}
     * @param region the region that was asked
     */
    static AwsReason ofCall(RuntimeException failure, String action, String region, Login login) {
        Optional<String> unreachable = unreachable(failure);
        if (unreachable.isPresent()) {
            return new AwsReason(
                    unreachable.get(),
                    "Check the region '" + region + "' in the registry's name, the network and the proxy.");
        }
        String source = login.source();
        String words = shortened(login.redact(words(failure)));
        return switch (code(failure)) {
            case "AccessDenied", "AccessDeniedException", "AuthorizationError" ->
                new AwsReason(
                        "AWS denied " + IamAction.in(words).orElse(action) + " to the credentials from " + source + ": "
                                + words,
                        "Allow them the action " + IamAction.in(words).orElse(action) + " in IAM.");
            case "ExpiredToken", "ExpiredTokenException" ->
                new AwsReason(
                        "the AWS credentials from " + source + " have expired: " + words,
                        "Sign in again, or set new ones.");
            case "UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId" ->
                new AwsReason(
                        "AWS does not know the credentials from " + source + ": " + words,
                        "Check that they are active, and that their account has the region '" + region + "' enabled.");
            case "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "RequestExpired",
                    "RequestInTheFuture",
                    "RequestTimeTooSkewed" -> ofSignature(source, words, ClockDifference.of(failure));
            case "Throttling", "ThrottlingException", "TooManyRequestsException" ->
                new AwsReason("AWS throttled the requests of this build: " + words, "Try again later.");
            case "" ->
                ProfileFiles.problem()
                        .orElseGet(() -> new AwsReason(
                                "the AWS SDK failed: " + words, "Correct the AWS configuration that it speaks of."));
            default ->
                new AwsReason("AWS refused " + action + ": " + words, "Correct what it says, or try again later.");
        };
    }

    /** The SDK has signed again with the time of AWS before, unless AWS did not say it. */
    private static AwsReason ofSignature(String source, String words, Optional<ClockDifference> clock) {
        boolean time = clock.isPresent() && !words.contains("does not match");
        return new AwsReason(
                "AWS did not accept the signature made with the credentials from " + source
                        + clock.map(difference -> (time ? ", as " : ", and ") + difference.text())
                                .orElse("")
                        + ": " + words,
                "Set the clock of this machine right" + (time ? "." : ", or correct the secret access key."));
    }

    /** Why a call is repeated, as part of a sentence. */
    static String ofAttempt(Throwable failure, Login login) {
        return unreachable(failure)
                .orElseGet(() -> failure instanceof RuntimeException known
                        ? shortened(login.redact(words(known)))
                        : "the call failed");
    }

    /** Where the network is to blame: which host could not be reached and why. */
    static Optional<String> unreachable(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof UnreachableException unreachable) {
                return Optional.of(String.valueOf(unreachable.getMessage()));
            }
        }
        return Optional.empty();
    }

    /** The error code of a service, or an empty string for what is not a service's answer. */
    static String code(RuntimeException failure) {
        return details(failure).map(AwsErrorDetails::errorCode).orElse("");
    }

    private static Optional<AwsErrorDetails> details(RuntimeException failure) {
        return failure instanceof AwsServiceException service
                ? Optional.ofNullable(service.awsErrorDetails())
                : Optional.empty();
    }

    /** The first line of what was said: the lines below a wrong signature hold the request, session token and all. */
    private static String words(RuntimeException failure) {
        String code = code(failure);
        String message = details(failure).map(AwsErrorDetails::errorMessage).orElseGet(failure::getMessage);
        String line = String.valueOf(message)
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return code.isEmpty() || line.isEmpty() ? code + line : code + ": " + line;
    }

    /** After its secrets are gone: the half of one is not found. */
    private static String shortened(String words) {
        String shortened = words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS) + "…";
        return shortened.endsWith(".") ? shortened.substring(0, shortened.length() - 1) : shortened;
    }
}
