package io.github.lambdacontainer.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** How registries want to be told who asks: what is known of them without asking, and what they said themselves. */
final class Challenges {

    private static final Challenge PASSWORD = new Challenge("basic", Map.of());

    private final Predicate<String> passwordAtOnce;
    private final Map<String, Challenge> heard = new ConcurrentHashMap<>();

    Challenges(Predicate<String> passwordAtOnce) {
        this.passwordAtOnce = passwordAtOnce;
    }

    /** Keeps what a registry says, which goes before what was known of it. */
    void heard(String registry, Challenge challenge) {
        heard.put(registry, challenge);
    }

    /** What the registry wants for any of its repositories, if that is known. */
    Optional<Challenge> of(String registry) {
        return Optional.ofNullable(heard.get(registry))
                .map(Challenge::ofAnyRepository)
                .or(() -> Optional.of(PASSWORD).filter(password -> passwordAtOnce.test(registry)));
    }
}
