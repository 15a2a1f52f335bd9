package io.github.lambdacontainer.registry;

/** A source of credentials cannot be read; the message holds nothing secret. */
public final class UnusableCredentialsException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With a reason such as {@code it is not installed}, and deliberately without a cause, which may quote a secret. */
    public UnusableCredentialsException(String reason) {
        super(reason);
    }
}
