package io.github.lambdacontainer.elf;

import java.io.IOException;

/** A file that begins as ELF but contradicts itself or ends too early. */
public final class MalformedElfException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedElfException(String message) {
        super(message);
    }
}
