package io.github.lambdacontainer.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows every secret that was sent, and takes them out of what others say. */
final class Redactor {

    private static final String GONE = "***";

    /** Shorter ones are in so many words that these would say nothing any more, and would tell the secret by that. */
    private static final int SHORT = 4;

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    void add(Credentials credentials) {
        add(credentials.password());
        add(URLEncoder.encode(credentials.password(), StandardCharsets.UTF_8));
        add(credentials.basic().substring("Basic ".length()));
    }

    void add(String secret) {
        // What a registry says of it reaches messages in one line.
        Stream.of(secret, RegistryWords.plain(secret))
                .filter(text -> !text.isBlank())
                .forEach(secrets::add);
    }

    String redact(String text) {
        List<String> longestFirst = secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        String redacted = text;
        for (String secret : longestFirst) {
            redacted = secret.length() < SHORT ? withoutWord(redacted, secret) : redacted.replace(secret, GONE);
        }
        return redacted;
    }

    private static String withoutWord(String text, String secret) {
        return text.replaceAll("(?<![\\p{L}\\p{N}])" + Pattern.quote(secret) + "(?![\\p{L}\\p{N}])", GONE);
    }

    /** The cause, unless something in its chain quotes a secret. */
    Optional<Throwable> safe(Throwable cause) {
        for (@Nullable Throwable e = cause; e != null; e = e.getCause()) {
            String text = e.toString();
            if (!redact(text).equals(text)) {
                return Optional.empty();
            }
        }
        return Optional.of(cause);
    }
}
