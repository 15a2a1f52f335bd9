package io.github.lambdacontainer.registry;

/** What is being asked of a registry. */
public enum Phase {
    /** A manifest or an index. */
    MANIFEST("reading the manifest"),
    /** An image config. */
    CONFIG("reading the image config"),
    /** A layer or another blob. */
    BLOB("downloading a layer"),
    /** A token, from a registry's token server. */
    TOKEN("asking for a token");

    private final String text;

    Phase(String text) {
        this.text = text;
    }

    /** As it reads within a sentence, such as {@code reading the manifest}. */
    @Override
    public String toString() {
        return text;
    }
}
