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
    TOKEN("asking for a token"),
    /** What a tag of the target names. */
    TAG("reading the tag"),
    /** Whether the target has a blob. */
    LOOKUP("looking for a layer"),
    /** A blob of another repository of the same registry. */
    MOUNT("mounting a layer"),
    /** The beginning of an upload. */
    UPLOAD_START("starting an upload"),
    /** The bytes of a blob. */
    UPLOAD("uploading a layer"),
    /** A manifest, under its digest or a tag. */
    PUBLISH("pushing the manifest"),
    /** What the target stored. */
    READ_BACK("reading back the manifest");

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
