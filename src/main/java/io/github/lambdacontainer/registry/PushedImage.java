package io.github.lambdacontainer.registry;

/**
 * What a push did.
 *
 * @param unchanged whether every tag named this image before
 * @param present how many blobs the target had
 * @param mounted how many blobs another repository of the registry gave
 * @param uploaded how many blobs were sent
 * @param bytes how many bytes of blobs were sent
 */
public record PushedImage(boolean unchanged, int present, int mounted, int uploaded, long bytes) {

    /** A push of nothing but blobs that were there. */
    static PushedImage allPresent(boolean unchanged, int blobs) {
        return new PushedImage(unchanged, blobs, 0, 0, 0);
    }

    /** What this did and another part of the same push. */
    PushedImage and(PushedImage other) {
        return new PushedImage(
                unchanged && other.unchanged,
                present + other.present,
                mounted + other.mounted,
                uploaded + other.uploaded,
                bytes + other.bytes);
    }
}
