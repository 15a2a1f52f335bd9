package io.github.lambdacontainer.ecr;

import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Keeps the SDK's debug messages out of Maven's log: with {@code -X}, its signer would write down every request that it
 * signs, and with it the session token.
 *
 * <p>SLF4J has no way to set a level. The loggers of Maven 3 and 4 take theirs from system properties when they are
 * made, which is why this is done before the first class of the SDK is used. A user's own level is left alone.
 */
final class SdkLog {

    /** Why session credentials are not used where the level cannot be set. */
    static final AwsReason REASON = new AwsReason(
            "the AWS SDK would write its session token to the log at the level 'debug'",
            "Leave the log level of software.amazon.awssdk at 'warn', or run the build without -X.");

    private static final String SDK = "software.amazon.awssdk";

    /** Of Maven 3 and of Maven 4. */
    private static final List<String> PREFIXES = List.of("org.slf4j.simpleLogger.log.", "maven.logger.log.");

    private SdkLog() {}

    /** Sets the level. */
    static void quieten() {
        for (String prefix : PREFIXES) {
            if (System.getProperty(prefix + SDK) == null) {
                System.setProperty(prefix + SDK, "warn");
            }
        }
    }

    /** Whether the SDK writes down what it signs all the same. */
    static boolean isLoud() {
        return LoggerFactory.getLogger(SDK + ".http.auth.aws.internal.signer.DefaultV4RequestSigner")
                .isDebugEnabled();
    }
}
