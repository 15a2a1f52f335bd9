package io.github.lambdacontainer.base;

/** The C library of a base image. */
public sealed interface CLibrary {

    /**
     * The GNU C library.
     *
     * @param version its version such as {@code 2.34}, or empty text where it could not be read
     */
    record Glibc(String version) implements CLibrary {}

    /** musl, as in Alpine Linux. */
    record Musl() implements CLibrary {}

    /** There is none: {@code scratch}, or a base that holds only data. */
    record None() implements CLibrary {}
}
