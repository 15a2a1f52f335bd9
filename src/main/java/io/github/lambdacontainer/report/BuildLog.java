package io.github.lambdacontainer.report;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.project.Handler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Hears what a build does, in the order it does it; downloads and waits may be told from several threads at once. */
public interface BuildLog {

    /** The base is resolved and described. */
    void base(ReportedBase base);

    /** The handler is settled. */
    void handler(Handler handler, boolean configured);

    /** These things are added to the base, each with the reason. */
    void added(List<String> things);

    /** The layers of the image are there, lowest first. */
    void layers(List<ReportedLayer> layers);

    /** The image is composed. */
    void image(ImageReport report);

    /** The image is in a file. */
    void written(Path archive, Digest digest);

    /** The image is in the local store of a container tool, such as {@code podman}. */
    void loaded(String tool, List<String> names);

    /** A blob of this many bytes is sent to a registry. */
    void uploading(Digest blob, long bytes);

    /** A blob that was sent is in the registry. */
    void uploaded(Digest blob);

    /** The registry had a blob of the image, or took it over from another of its repositories. */
    void spared(Digest blob, String reason);

    /** A repository that was missing is there. */
    void created(String repository);

    /** The registry has the blobs of the image, and this is what it took. */
    void sent(Upload upload);

    /** An image in a registry could not be read, of which something might have been reused. */
    void nothingReused(String image, String reason);

    /** The image is in a registry. */
    void pushed(String imageUri);

    /** The user should know this although it does not stop the build. */
    void warning(String text);

    /** A blob of this many bytes is downloaded. */
    void downloading(Digest blob, long bytes);

    /** This many further bytes have arrived. */
    void progress(long bytes);

    /** A blob that was downloaded is in the cache. */
    void downloaded(Digest blob);

    /** A request to a host is repeated after this delay. */
    void waiting(String host, String reason, Duration delay);

    /** AWS credentials have been looked for so long, and this source has not answered yet. */
    void lookingForCredentials(String source, Duration since);

    /** Credentials for a registry have been asked for so long, and this source has not answered yet. */
    void askingForCredentials(String source, Duration since);

    /** A registry outside of this machine is spoken to over plain HTTP. */
    void insecure(String host);

    /** A source of credentials is passed over. */
    void credentialsUnusable(String source, String reason);
}
