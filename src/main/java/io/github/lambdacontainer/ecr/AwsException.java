package io.github.lambdacontainer.ecr;

/** AWS does not do what was asked; deliberately without a cause, whose words may quote a secret. */
final class AwsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient AwsReason reason;

    AwsException(AwsReason reason) {
        super(reason.text());
        this.reason = reason;
    }

    AwsReason reason() {
        return reason;
    }
}
