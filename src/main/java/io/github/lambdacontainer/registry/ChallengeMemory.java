package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Digest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How registries wanted to be told who asks in earlier builds, so that they need not refuse the first request of every
 * build.
 *
 * <p>It holds no secret, and nothing of a registry elsewhere that spoke plain HTTP. What is not as it was written is
 * nothing. Reading and pushing are kept apart: a registry that lets anybody read must not be given a password for it
 * only because it wanted one from who pushed.
 */
final class ChallengeMemory {

    private static final String KIND = "challenges";

    private final FactCache facts;
    private final Wording side;

    ChallengeMemory(FactCache facts, Wording side) {
        this.facts = facts;
        this.side = side;
    }

    /** What a registry wanted, if that is remembered. */
    Optional<Remembered> of(String registry) {
        return facts.read(KIND, key(registry)).flatMap(Remembered::parse).filter(found -> mayKeep(registry, found));
    }

    /** Remembers what a registry wants. */
    void keep(String registry, Remembered seen) {
        if (!mayKeep(registry, seen)) {
            return;
        }
        facts.write(KIND, key(registry), seen.text());
    }

    /** Remembers nothing of a registry. */
    void forget(String registry) {
        facts.write(KIND, key(registry), "");
    }

    private static boolean mayKeep(String registry, Remembered seen) {
        boolean isPrivate = seen.protocol().equals("https")
                || (seen.protocol().equals("http") && RegistryHost.isLoopback(registry));
        return isPrivate && seen.challenge().isUnderstood() && seen.isOnOneLineEach() && seen.isWithoutSecret();
    }

    private String key(String registry) {
        return Digest.of((side + " " + registry).getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    /**
     * What a registry wanted.
     *
     * @param protocol how it was spoken to: {@code https} or {@code http}
     * @param challenge what it asked for
     */
    record Remembered(String protocol, Challenge challenge) {

        static final List<String> PARAMETERS = List.of("realm", "service");

        /** Of a password nothing counts but that it is one; of a token, who gives it. */
        static Remembered of(String protocol, Challenge challenge) {
            Map<String, String> kept = new TreeMap<>(challenge.parameters());
            kept.keySet().retainAll(challenge.scheme().equals("bearer") ? PARAMETERS : List.of());
            return new Remembered(protocol, new Challenge(challenge.scheme(), kept));
        }

        /** One value a line: a reader of JSON takes longer to load than the request that waits for this. */
        String text() {
            StringBuilder text = new StringBuilder(protocol).append('\n').append(challenge.scheme());
            challenge
                    .parameters()
                    .forEach((name, value) ->
                            text.append('\n').append(name).append('=').append(value));
            return text.toString();
        }

        static Optional<Remembered> parse(String text) {
            String[] lines = text.split("\n", -1);
            Map<String, String> parameters = new TreeMap<>();
            for (int i = 2; i < lines.length; i++) {
                int end = lines[i].indexOf('=');
                if (end < 0 || !PARAMETERS.contains(lines[i].substring(0, end))) {
                    return Optional.empty();
                }
                parameters.put(lines[i].substring(0, end), lines[i].substring(end + 1));
            }
            return lines.length < 2
                    ? Optional.empty()
                    : Optional.of(new Remembered(lines[0], new Challenge(lines[1], parameters)));
        }

        private boolean isOnOneLineEach() {
            return challenge.parameters().values().stream()
                    .noneMatch(value -> value.chars().anyMatch(Character::isISOControl));
        }

        private boolean isWithoutSecret() {
            try {
                URI realm = URI.create(challenge.parameters().getOrDefault("realm", ""));
                return realm.getRawUserInfo() == null && realm.getRawQuery() == null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
