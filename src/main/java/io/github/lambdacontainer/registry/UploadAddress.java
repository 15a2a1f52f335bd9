package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Digest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a registry wants the bytes of an upload.
 *
 * @param uri without scheme and host where these are the registry's own, which alone learns who uploads
 */
record UploadAddress(URI uri) {

    /** The {@code Location} of a response, if it has one that may be followed. */
    static Optional<UploadAddress> of(Response response, String registry, Redirects redirects) {
        return response.headers().firstValue("Location").map(location -> {
            URI target = redirects.target(response.uri(), location, Phase.UPLOAD);
            boolean own = Redirects.sameOrigin(response.uri(), target)
                    && registry.equalsIgnoreCase(response.uri().getRawAuthority());
            String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
            String origin = own ? "" : target.getScheme() + "://" + target.getRawAuthority();
            return new UploadAddress(URI.create(origin + target.getRawPath() + query));
        });
    }

    /** The address that takes the blob with this digest. */
    URI taking(Digest digest) {
        String separator = uri.getRawQuery() == null ? "?" : "&";
        return URI.create(uri + separator + "digest=" + URLEncoder.encode(digest.toString(), StandardCharsets.UTF_8));
    }
}
