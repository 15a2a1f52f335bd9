package io.github.lambdacontainer.startup;

/** A training came to nothing; the message says why, without a full stop. */
final class TrainingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String output;

    TrainingException(String message, String output) {
        super(message);
        this.output = output;
    }

    /** The end of what the process wrote. */
    String output() {
        return output;
    }
}
