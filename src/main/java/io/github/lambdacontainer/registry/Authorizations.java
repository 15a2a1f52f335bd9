package io.github.lambdacontainer.registry;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says who asks, one side of a build: what a registry's challenge calls for, learnt once.
 *
 * <p>A password counts for all of a registry, a token for what it was asked for. How a registry challenges is known
 * to both sides of a build, so that the second need not be refused first; of some registries it is known at once.
 */
final class Authorizations {

    private final Schemes schemes;
    private final TokenServer tokens;
    private final CredentialFinder credentials;
    private final Messages messages;
    private final Challenges challenges;
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, String> bearers = new ConcurrentHashMap<>();

    Authorizations(
            Schemes schemes,
            TokenServer tokens,
            CredentialFinder credentials,
            Messages messages,
            Challenges challenges) {
        this.schemes = schemes;
        this.tokens = tokens;
        this.credentials = credentials;
        this.messages = messages;
        this.challenges = challenges;
    }

    /** What to send at once. */
    Optional<String> first(RegistryCall call, Deadline deadline) {
        if (call.isElsewhere()) {
            return Optional.empty();
        }
        Optional<String> known = known(call);
        return known.isPresent()
                ? known
                : challenges.of(call.registry()).flatMap(c -> answer(c, call, known, deadline));
    }

    /** What to send after a challenge, if there is something else to send than what was refused. */
    Optional<String> next(HttpResponse<?> response, RegistryCall call, Optional<String> refused, Deadline deadline) {
        Optional<Challenge> challenge = Challenge.best(response.headers().allValues("WWW-Authenticate"));
        challenge.ifPresent(c -> challenges.heard(call.registry(), c));
        return challenge.flatMap(c -> answer(c, call, refused, deadline));
    }

    /** What to send where credentials have expired without a challenge. */
    Optional<String> renewed(RegistryCall call, Optional<String> expired, Deadline deadline) {
        return expired.isEmpty()
                ? Optional.empty()
                : challenges.of(call.registry()).flatMap(c -> answer(c, call, expired, deadline));
    }

    /** One thread at a time asks; those that were refused at the same time take what it got. */
    private synchronized Optional<String> answer(
            Challenge challenge, RegistryCall call, Optional<String> refused, Deadline deadline) {
        Optional<String> known = known(call);
        if (known.isPresent() && !known.equals(refused)) {
            return known;
        }
        String registry = call.registry();
        FoundCredentials found = refused.isPresent() ? credentials.findAgain(registry) : credentials.find(registry);
        boolean secret = schemes.isPrivate(registry);
        if (challenge.scheme().equals("bearer")) {
            FoundCredentials usable = secret ? found : new FoundCredentials(Optional.empty(), found.sources());
            passwords.remove(registry);
            String bearer = tokens.bearer(challenge, call, usable, deadline);
            bearers.put(scope(call), bearer);
            return Optional.of(bearer);
        }
        if (found.credentials().isPresent() && !secret) {
            throw messages.credentialsInClear(registry);
        }
        found.credentials().ifPresent(c -> passwords.put(registry, c.basic()));
        return found.credentials().map(Credentials::basic);
    }

    private Optional<String> known(RegistryCall call) {
        return Optional.ofNullable(passwords.get(call.registry()))
                .or(() -> Optional.ofNullable(bearers.get(scope(call))));
    }

    private static String scope(RegistryCall call) {
        return call.registry() + " " + String.join(" ", call.scopes());
    }
}
