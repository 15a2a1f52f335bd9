package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.util.Optional;
import java.util.Set;

/** Makes failures of refusals; who knows a registry well is asked for the words before the general ones are used. */
final class Refusals {

    private static final String REPOSITORY_UNKNOWN = "NAME_UNKNOWN";

    private final Wording wording;
    private final Messages messages;
    private final Redactor redactor;
    private final RefusalAdvice advice;

    Refusals(Wording wording, Messages messages, Redactor redactor, RefusalAdvice advice) {
        this.wording = wording;
        this.messages = messages;
        this.redactor = redactor;
        this.advice = advice;
    }

    /**
     * The failure that a refusal means.
     *
     * @param host who answered
     * @param passing further statuses that may pass
     * @throws TemporaryException if the refusal may pass
     */
    RuntimeException of(
            Reference reference, Phase phase, String host, Refused refused, Set<Integer> passing, FoundCredentials used)
            throws TemporaryException {
        int status = refused.status();
        RegistryWords words = refused.words();
        boolean passes = TemporaryException.isTemporary(status) || passing.contains(status);
        if (passes && !words.code().equals(REPOSITORY_UNKNOWN)) {
            Optional<Problem> advised = advised(reference, phase, host, status, words, used);
            throw new TemporaryException(host, status, words.text(redactor), refused.retryAfter(), advised);
        }
        return lasting(reference, phase, host, status, words, used);
    }

    /** The failure that a refusal means for good. */
    RuntimeException lasting(
            Reference reference, Phase phase, String host, int status, RegistryWords words, FoundCredentials used) {
        RuntimeException general = general(reference, phase, host, status, words, used);
        return advised(reference, phase, host, status, words, used)
                .map(problem -> replace(general, problem))
                .orElse(general);
    }

    private Optional<Problem> advised(
            Reference reference, Phase phase, String host, int status, RegistryWords words, FoundCredentials used) {
        if (isElsewhere(reference, phase, host)) {
            return Optional.empty();
        }
        RegistryWords safe = words.safe(redactor);
        return advice.explain(new Refusal(
                reference, wording == Wording.PUSHING, phase, status, safe.code(), safe.message(), used.sources()));
    }

    private RuntimeException general(
            Reference reference, Phase phase, String host, int status, RegistryWords words, FoundCredentials used) {
        String text = words.text(redactor);
        if (isElsewhere(reference, phase, host)) {
            return Refused.isDenial(status)
                    ? messages.deniedElsewhere(reference, host, phase, status, text)
                    : messages.refusedElsewhere(reference, host, phase, status, text);
        }
        return switch (status) {
            case 401, 403 -> messages.notAuthorised(reference, status, text, used);
            case 400 ->
                phase == Phase.TOKEN
                        ? messages.notAuthorised(reference, status, text, used)
                        : messages.refused(host, phase, status, text);
            case 404 -> notFound(reference, phase, host, words);
            default -> messages.refused(host, phase, status, text);
        };
    }

    /** Whether neither the registry answered nor its token server, which speaks for it. */
    private static boolean isElsewhere(Reference reference, Phase phase, String host) {
        return phase != Phase.TOKEN && !host.equalsIgnoreCase(reference.registry());
    }

    private RuntimeException notFound(Reference reference, Phase phase, String host, RegistryWords words) {
        if (phase == Phase.TOKEN) {
            return messages.refused(host, phase, 404, words.text(redactor));
        }
        if (wording == Wording.READING) {
            return messages.notFound(reference, words.text(redactor));
        }
        // An upload has nothing but its repository that could be missing, whatever the registry calls that.
        return phase == Phase.UPLOAD_START
                        || words.code().isEmpty()
                        || words.code().equals(REPOSITORY_UNKNOWN)
                ? new NoRepository(messages.noRepository(reference, words.text(redactor)))
                : messages.refused(host, phase, 404, words.text(redactor));
    }

    private static RuntimeException replace(RuntimeException general, Problem problem) {
        if (general instanceof NoRepository) {
            return new NoRepository(problem);
        }
        return general instanceof UserFailure ? new UserFailure(problem) : new EnvironmentFailure(problem);
    }
}
