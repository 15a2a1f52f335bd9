package io.github.lambdacontainer.ecr;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * AWS credentials and where they are from.
 *
 * @param credentials the keys; never printed
 * @param source the source, as messages name it
 */
record Login(AwsCredentials credentials, String source) {

    /** The text without the keys of this login. */
    String redact(String text) {
        String redacted = text.replace(credentials.secretAccessKey(), "***");
        return credentials instanceof AwsSessionCredentials session
                ? redacted.replace(session.sessionToken(), "***")
                : redacted;
    }

    @Override
    public String toString() {
        return "Login[" + source + "]";
    }
}
