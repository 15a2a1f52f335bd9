package io.github.lambdacontainer.registry;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is known of a host by its name alone. */
public final class RegistryHost {

    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(::|(0{1,4}:){7})0{0,3}1]?");
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f]*:[0-9a-f:.]*]?");
    static final List<String> DOCKER_HUB =
            List.of("registry-1.docker.io", "docker.io", "index.docker.io", "registry.hub.docker.com");

    private RegistryHost() {}

    static boolean isDockerHub(String registry) {
        return DOCKER_HUB.contains(registry);
    }

    static String withoutPort(String authority) {
        return PORT.matcher(authority).replaceFirst("");
    }

    /** An IPv6 address as it is written outside of URIs; any other host as it is. */
    public static String withoutBrackets(String host) {
        return isIpv6(host) ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether the host of a URI, which has no port, is an IPv6 address. */
    static boolean isIpv6(String host) {
        return host.startsWith("[") && host.endsWith("]");
    }

    /** Whether this is the machine itself, by a host with or without a port. */
    public static boolean isLoopback(String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        return LOOPBACK.matcher(lower).matches()
                || LOOPBACK.matcher(withoutPort(lower)).matches();
    }

    /**
     * Whether a registry's credentials may be given to a token server: the same host, or one with the same parent
     * domain, as with {@code registry-1.docker.io} and {@code auth.docker.io}.
     */
    static boolean sharesOwner(String registry, String realmHost) {
        if (isLoopback(registry)) {
            return isLoopback(realmHost);
        }
        String host = withoutPort(registry).toLowerCase(Locale.ROOT);
        String realm = realmHost.toLowerCase(Locale.ROOT);
        if (IP_ADDRESS.matcher(host).matches() || IP_ADDRESS.matcher(realm).matches()) {
            return host.equals(realm);
        }
        return host.equals(realm) || parent(host).equals(parent(realm));
    }

    /** The last two labels, or three where the last two look like a country's own, as in {@code co.uk}. */
    private static String parent(String host) {
        List<String> labels = List.of(host.split("\\."));
        int count = labels.size();
        boolean country = count > 2
                && labels.get(count - 1).length() == 2
                && labels.get(count - 2).length() <= 3;
        return String.join(".", labels.subList(Math.max(0, count - (country ? 3 : 2)), count));
    }
}
