package io.github.lambdacontainer.base;

/** The kinds of base image a Lambda function image can start from, as AWS documents them. */
public enum BaseKind {
    /** An AWS base image for Java: Java, interface client and entrypoint are there. */
    AWS_JAVA("AWS base image for Java"),
    /** An AWS OS-only base image, {@code lambda/provided}: Amazon Linux and an entrypoint that starts a bootstrap. */
    AWS_OS_ONLY("AWS OS-only base image"),
    /** Any other base with a Java runtime in it. */
    WITH_JAVA("base image with Java"),
    /** Any other base without a Java runtime. */
    WITHOUT_JAVA("base image without Java"),
    /** No base at all. */
    SCRATCH("empty base image");

    private final String title;

    BaseKind(String title) {
        this.title = title;
    }

    /** The kind as the console names it. */
    public String title() {
        return title;
    }
}
