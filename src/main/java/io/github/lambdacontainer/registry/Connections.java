package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.cache.FactCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * How a build reaches registries, whichever side asks: one pool of connections, and what was learnt of each registry.
 *
 * <p>A base and a target on the same registry share connections. Credentials they do not share.
 */
public final class Connections {

    private final HttpSettings settings;
    private final TransferListener listener;
    private final FactCache facts;
    private final Timing timing;
    private final Http http;
    private final Redactor redactor = new Redactor();
    private final Map<String, String> schemes = new ConcurrentHashMap<>();
    private final Predicate<String> passwordAtOnce;
    private final Challenges challenges;

    /**
     * With no connection yet: the first request opens one.
     *
     * @param passwordAtOnce the registries of which it is known that they speak HTTPS and want a password for
     *     everything: they are given it with the first request, and are never spoken to over plain HTTP
     * @param facts remembers how the other registries wanted to be told who asks
     */
    public Connections(
            HttpSettings settings, TransferListener listener, Predicate<String> passwordAtOnce, FactCache facts) {
        this(settings, listener, passwordAtOnce, facts, Timing.SYSTEM);
    }

    Connections(
            HttpSettings settings,
            TransferListener listener,
            Predicate<String> passwordAtOnce,
            FactCache facts,
            Timing timing) {
        this.settings = settings;
        this.listener = listener;
        this.facts = facts;
        this.timing = timing;
        this.passwordAtOnce = passwordAtOnce;
        this.challenges = new Challenges(passwordAtOnce);
        this.http = new Http(settings);
    }

    /** Begins with what the first request needs; whoever is sure to send one saves time. */
    public void prepare() {
        if (!settings.offline()) {
            http.prepare();
        }
    }

    HttpSettings settings() {
        return settings;
    }

    TransferListener listener() {
        return listener;
    }

    Deadline deadline() {
        return Deadline.after(timing, settings.operation());
    }

    Deadline deadline(Duration limit) {
        return Deadline.after(timing, limit);
    }

    /** For a blob of this size, which may come as slowly as 256 KiB/s on top of what every operation may take. */
    Deadline deadline(long size) {
        return Deadline.after(timing, settings.operation().plusSeconds(size >> 18));
    }

    Side side(Wording wording, List<CredentialSource> sources, RefusalAdvice advice) {
        Messages messages = new Messages(wording, redactor, settings);
        Refusals refusals = new Refusals(wording, messages, redactor, advice);
        Retries retries = new Retries(timing, listener, messages);
        Redirects redirects = new Redirects(http, settings, messages);
        Schemes known = new Schemes(redirects, settings, listener, schemes, passwordAtOnce);
        TokenServer tokens = new TokenServer(redirects, retries, redactor, messages);
        CredentialFinder credentials = new CredentialFinder(sources, redactor, listener, messages);
        ChallengeMemory memory = new ChallengeMemory(facts, wording);
        Authorizations authorizations = new Authorizations(known, tokens, credentials, messages, challenges, memory);
        RegistryClient client = new RegistryClient(known, authorizations, credentials, retries, refusals);
        return new Side(client, retries, messages, redirects, redactor);
    }

    /** What this side asks with where it looks at what a push will replace, and needs no advice. */
    Side looking(Side side) {
        Messages messages = new Messages(Wording.LOOKING, redactor, settings);
        Refusals refusals = new Refusals(Wording.LOOKING, messages, redactor, RefusalAdvice.NONE);
        return new Side(side.client.with(refusals), side.retries, messages, side.redirects, redactor);
    }

    /**
     * What one side of a build asks registries with.
     *
     * @param client asks them
     * @param retries repeats what has more than one request
     * @param messages what a failure says
     * @param redirects says which addresses may be followed
     * @param redactor takes out secrets
     */
    record Side(RegistryClient client, Retries retries, Messages messages, Redirects redirects, Redactor redactor) {}
}
