package io.github.lambdacontainer.ecr;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.retry.ClockSkew;

/**
 * How far the clock of this machine is from the one of who answered.
 *
 * @param difference positive where this machine's is behind
 */
record ClockDifference(Duration difference) {

    /** The difference, if the answer is dated and it is one that AWS does not put up with. */
    static Optional<ClockDifference> of(RuntimeException failure) {
        return failure instanceof AwsServiceException service
                ? Optional.ofNullable(service.awsErrorDetails())
                        .map(AwsErrorDetails::sdkHttpResponse)
                        .flatMap(ClockSkew::getServerTime)
                        .filter(time -> ClockSkew.isClockSkewed(Instant.now(), time))
                        .map(time -> new ClockDifference(Duration.between(Instant.now(), time)))
                : Optional.empty();
    }

    /** As part of a sentence. */
    String text() {
        long minutes = difference.abs().plusSeconds(30).toMinutes();
        String size = minutes < 60
                ? minutes + " min"
                : minutes < 48 * 60 ? minutes / 60 + " h " + minutes % 60 + " min" : minutes / (24 * 60) + " days";
        return "the clock of this machine is " + size + (difference.isNegative() ? " ahead of" : " behind")
                + " that of AWS";
    }
}
