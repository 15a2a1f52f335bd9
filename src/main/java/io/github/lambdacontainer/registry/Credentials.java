package io.github.lambdacontainer.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What proves to a registry who asks.
 *
 * @param username the user; {@code <token>} if the password is an OAuth2 refresh token, as Docker has it
 * @param password the password or token; never printed
 */
public record Credentials(String username, String password) {

    /** The user name that says that the password is a refresh token. */
    public static final String TOKEN_USER = "<token>";

    boolean isRefreshToken() {
        return username.equals(TOKEN_USER);
    }

    /** The value of an {@code Authorization} header (RFC 7617). */
    String basic() {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return username + ":***";
    }
}
