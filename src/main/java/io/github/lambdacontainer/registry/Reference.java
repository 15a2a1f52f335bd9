package io.github.lambdacontainer.registry;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in a registry.
 *
 * @param registry host and, if written, port; {@code registry-1.docker.io} for Docker Hub
 * @param repository the repository, {@code library/…} for Docker Hub's own images
 * @param tag the tag; {@code latest} if neither tag nor digest is written
 * @param digest the digest the image must have, if written; it counts before the tag
 */
public record Reference(String registry, String repository, Optional<String> tag, Optional<Digest> digest) {

    /** Docker's grammar of references lets a registry be an IPv6 address in brackets; Jib's does not. */
    private static final Pattern IPV6 = Pattern.compile("(\\[([0-9A-Fa-f:.]+)](?::\\d+)?)/(.*)");

    /** Stands for such an address where Jib reads the rest. */
    private static final String HOST = "ipv6.invalid";

    /**
     * Reads a reference as Docker and Jib do.
     *
     * @param setting the dotted path of the setting that holds it
     * @throws UserFailure if it is malformed
     */
    public static Reference parse(String text, String setting) {
        try {
            Matcher ipv6 = IPV6.matcher(text);
            boolean isIpv6 = ipv6.matches() && isAddress(ipv6.group(2));
            ImageReference image = ImageReference.parse(isIpv6 ? HOST + "/" + ipv6.group(3) : text);
            Optional<Digest> digest = image.getDigest().map(Digest::parse);
            Optional<String> tag =
                    image.getTag().or(() -> digest.isPresent() ? Optional.empty() : Optional.of("latest"));
            String registry = isIpv6 ? ipv6.group(1).toLowerCase(Locale.ROOT) : image.getRegistry();
            return new Reference(registry, image.getRepository(), tag, digest);
        } catch (InvalidImageReferenceException | IllegalArgumentException e) {
            throw new UserFailure(Problem.of(
                    "'" + text + "' is not an image reference.",
                    setting,
                    "Write it as [registry/]repository[:tag][@sha256:digest], in lower case up to the tag."));
        }
    }

    /** Asks nobody, as a text with a colon is no name. */
    private static boolean isAddress(String text) {
        try {
            return text.contains(":") && InetAddress.getByName("[" + text + "]") != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The digest if there is one, else the tag: what a registry is asked for. */
    String qualifier() {
        return digest.map(Digest::toString).or(() -> tag).orElse("latest");
    }

    /** The repository alone. */
    Reference bare() {
        return new Reference(registry, repository, Optional.empty(), Optional.empty());
    }

    /** This tag of the same repository. */
    public Reference tagged(String other) {
        return new Reference(registry, repository, Optional.of(other), Optional.empty());
    }

    /** What the same repository has under this digest. */
    Reference pinned(Digest exact) {
        return new Reference(registry, repository, Optional.empty(), Optional.of(exact));
    }

    /** As people write it, with {@code docker.io} for Docker Hub. */
    @Override
    public String toString() {
        return (RegistryHost.isDockerHub(registry) ? "docker.io" : registry) + "/" + repository
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }
}
