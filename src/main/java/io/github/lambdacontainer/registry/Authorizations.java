package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.registry.ChallengeMemory.Remembered;
import io.github.lambdacontainer.registry.TokenServer.Bearer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says who asks, one side of a build: what a registry's challenge calls for, learnt once.
 *
 * <p>A password counts for all of a registry, a token for what it was asked for. How a registry challenges is known
 * to both sides of a build, so that the second need not be refused first; of some registries it is known at once, and
 * of others it is assumed to be as it was in an earlier build, until they answer.
 */
final class Authorizations {

    private final Schemes schemes;
    private final TokenServer tokens;
    private final CredentialFinder credentials;
    private final Messages messages;
    private final Challenges challenges;
    private final ChallengeMemory memory;
    private final Map<String, Challenge> assumed = new ConcurrentHashMap<>();
    private final Map<String, FoundCredentials> used = new ConcurrentHashMap<>();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, String> bearers = new ConcurrentHashMap<>();

    Authorizations(
            Schemes schemes,
            TokenServer tokens,
            CredentialFinder credentials,
            Messages messages,
            Challenges challenges,
            ChallengeMemory memory) {
        this.schemes = schemes;
        this.tokens = tokens;
        this.credentials = credentials;
        this.messages = messages;
        this.challenges = challenges;
        this.memory = memory;
    }

    /** What to send at once. */
    Optional<String> first(RegistryCall call, Deadline deadline, Refusals refusals) {
        if (call.isElsewhere()) {
            return Optional.empty();
        }
        Optional<String> known = known(call);
        if (known.isPresent()) {
            return known;
        }
        Optional<Challenge> challenge = challenges.of(call.registry());
        return challenge.isPresent()
                ? challenge.flatMap(c -> answer(c, call, known, deadline, refusals))
                : assumed(call, deadline, refusals);
    }

    private Optional<String> assumed(RegistryCall call, Deadline deadline, Refusals refusals) {
        String registry = call.registry();
        Optional<Remembered> remembered = schemes.isPrivate(registry) ? memory.of(registry) : Optional.empty();
        try {
            Optional<String> answer =
                    remembered.flatMap(r -> answer(r.challenge(), call, Optional.empty(), deadline, refusals));
            answer.ifPresent(value -> assume(registry, remembered.orElseThrow()));
            return answer;
        } catch (Failure e) {
            // What it asks for today counts, and if that fails too, the build says so.
            memory.forget(registry);
            return Optional.empty();
        }
    }

    private void assume(String registry, Remembered remembered) {
        schemes.assume(registry, remembered.protocol());
        assumed.put(registry, remembered.challenge());
    }

    /**
     * The registry took what was sent at once: what was assumed of it is known now. If it was over plain HTTP, it was
     * not sent, and never will be.
     */
    synchronized void confirm(String registry) {
        Challenge challenge = assumed.remove(registry);
        if (challenge == null) {
            return;
        }
        if (schemes.isPrivate(registry)) {
            challenges.heard(registry, challenge);
            return;
        }
        used.remove(registry);
        passwords.remove(registry);
        bearers.keySet().removeIf(scope -> scope.startsWith(registry + " "));
    }

    /** Forgets what was assumed of a registry that refuses it: whether it was, as then nothing is refused yet. */
    synchronized boolean withdraw(RegistryCall call) {
        if (assumed.remove(call.registry()) == null) {
            return false;
        }
        memory.forget(call.registry());
        passwords.remove(call.registry());
        bearers.remove(scope(call));
        return true;
    }

    /** What to send after a challenge, if there is something else to send than what was refused. */
    Optional<String> next(
            Response response, RegistryCall call, Optional<String> refused, Deadline deadline, Refusals refusals) {
        Optional<Challenge> challenge = Challenge.best(response.headers().allValues("WWW-Authenticate"));
        challenge.ifPresent(c -> hear(call.registry(), response.uri().getScheme(), c));
        return challenge.flatMap(c -> answer(c, call, refused, deadline, refusals));
    }

    private void hear(String registry, String protocol, Challenge challenge) {
        challenges.heard(registry, challenge);
        memory.keep(registry, Remembered.of(protocol, challenge));
    }

    /** What to send where credentials have expired without a challenge. */
    Optional<String> renewed(RegistryCall call, Optional<String> expired, Deadline deadline, Refusals refusals) {
        return expired.isEmpty()
                ? Optional.empty()
                : challenges.of(call.registry()).flatMap(c -> answer(c, call, expired, deadline, refusals));
    }

    /** One thread at a time asks; those that were refused at the same time take what it got. */
    private synchronized Optional<String> answer(
            Challenge challenge, RegistryCall call, Optional<String> refused, Deadline deadline, Refusals refusals) {
        Optional<String> known = known(call);
        if (known.isPresent() && !known.equals(refused)) {
            return known;
        }
        String registry = call.registry();
        FoundCredentials found = refused.isPresent() ? credentials.findAgain(registry) : credentials.find(registry);
        boolean secret = schemes.isPrivate(registry);
        if (challenge.scheme().equals("bearer")) {
            passwords.remove(registry);
            Bearer bearer = tokens.bearer(
                    challenge, call, secret ? found : found.withhold(messages.withheldInClear()), deadline, refusals);
            if (bearer.used().credentials().isPresent()) {
                schemes.keepSecret(bearer.authorization());
            }
            used.put(registry, bearer.used());
            bearers.put(scope(call), bearer.authorization());
            return Optional.of(bearer.authorization());
        }
        if (found.credentials().isPresent() && !secret) {
            throw messages.credentialsInClear(registry);
        }
        return password(registry, found);
    }

    private Optional<String> password(String registry, FoundCredentials found) {
        used.remove(registry);
        Optional<String> basic = found.credentials().map(Credentials::basic);
        basic.ifPresent(schemes::keepSecret);
        basic.ifPresent(value -> passwords.put(registry, value));
        return basic;
    }

    /** What to send where a request without credentials is denied by the registry itself, which asks for none. */
    synchronized Optional<String> unasked(Response denial, RegistryCall call) {
        String registry = call.registry();
        FoundCredentials found = credentials.find(registry);
        List<String> asked = denial.headers().allValues("WWW-Authenticate");
        if (!asked.isEmpty() && Challenge.best(asked).isEmpty()) {
            used.put(registry, found.withhold(messages.withheldUnasked()));
            return Optional.empty();
        }
        if (!schemes.isPrivate(registry)) {
            used.put(registry, found.withhold(messages.withheldInClear()));
            return Optional.empty();
        }
        return password(registry, found);
    }

    /** With which credentials a registry was asked last. */
    FoundCredentials used(String registry) {
        return Optional.ofNullable(used.get(registry))
                .filter(sent -> sent.withheld().isPresent())
                .orElseGet(() -> credentials.find(registry));
    }

    private Optional<String> known(RegistryCall call) {
        return Optional.ofNullable(passwords.get(call.registry()))
                .or(() -> Optional.ofNullable(bearers.get(scope(call))));
    }

    private static String scope(RegistryCall call) {
        return call.registry() + " " + String.join(" ", call.scopes());
    }
}
