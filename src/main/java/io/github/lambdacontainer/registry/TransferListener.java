package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;
import java.time.Duration;

/** Hears what the client does while people wait; may be called from several threads at once. */
public interface TransferListener {

    /** Hears nothing. */
    TransferListener SILENT = new TransferListener() {};

    /** A request is repeated after this delay. */
    default void waiting(String host, Phase phase, String reason, Duration delay) {}

    /** A blob is not in the cache and is downloaded. */
    default void downloading(Reference reference, Descriptor blob) {}

    /** This many further bytes of a blob have arrived. */
    default void progress(Descriptor blob, long bytes) {}

    /** A blob is in the cache now. */
    default void downloaded(Reference reference, Descriptor blob) {}

    /** A registry outside of this machine is spoken to over plain HTTP, because the settings allow it. */
    default void insecure(String host) {}

    /** A source of credentials could not be read and is passed over. */
    default void credentialsUnusable(String source, String reason) {}

    /** A source of credentials has been asked for so long, and has not answered yet. */
    default void asking(String source, Duration since) {}

    /** What the target has under this name could not be read, and so nothing of it is reused. */
    default void nothingReused(Reference target, String reason) {}

    /** The target has a blob; nothing is sent. */
    default void present(Reference target, Descriptor blob) {}

    /** The target took a blob from this other repository of its registry; nothing is sent. */
    default void mounted(Reference target, Descriptor blob, String from) {}

    /** The target lacks a blob and it is sent; once for each blob, however often that has to be repeated. */
    default void uploading(Reference target, Descriptor blob) {}

    /** This many further bytes of a blob were sent; those that are sent again do not count again. */
    default void uploadProgress(Descriptor blob, long bytes) {}

    /** The target has all of a blob that was sent. */
    default void uploaded(Reference target, Descriptor blob) {}
}
