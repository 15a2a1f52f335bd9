package io.github.lambdacontainer.plan;

/** A file or directory of a planned layer. */
public sealed interface LayerEntry {

    /** Absolute path in the image, with forward slashes and no trailing slash. */
    String target();

    /** Permission bits, such as 0644. */
    int mode();

    /**
     * A regular file owned by root.
     *
     * @param target absolute path in the image
     * @param content where its bytes come from
     * @param mode permission bits
     */
    record File(String target, Content content, int mode) implements LayerEntry {}

    /**
     * A directory whose mode or owner matters; parents that do not are made by themselves, 0755 of root.
     *
     * @param target absolute path in the image
     * @param mode permission bits
     * @param owner numeric {@code uid:gid}
     */
    record Directory(String target, int mode, String owner) implements LayerEntry {}
}
