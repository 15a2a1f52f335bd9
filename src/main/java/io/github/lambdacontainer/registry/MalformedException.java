package io.github.lambdacontainer.registry;

/** A document is not what it has to be; the message says in what way, as part of a sentence. */
final class MalformedException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }
}
