package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.FoundCredentials.Withheld;
import java.io.IOException;
import java.util.List;

/** Every sentence in which reading a base fails, and those that pushing shares; none of them holds a secret. */
final class Messages {

    private static final String IMAGE = Wording.READING.image();
    private static final String ARCHITECTURES = "architectures";

    private final Wording wording;
    private final Redactor redactor;
    private final HttpSettings settings;

    Messages(Wording wording, Redactor redactor, HttpSettings settings) {
        this.wording = wording;
        this.redactor = redactor;
        this.settings = settings;
    }

    UserFailure notFound(Reference reference, String words) {
        return user(
                "The base image '" + reference + "' was not found: " + reference.registry() + " answered 404" + words
                        + ".",
                IMAGE,
                "Correct the name, the tag or the digest.");
    }

    Problem noRepository(Reference reference, String words) {
        return problem(
                "The repository '" + reference.bare() + "' does not exist: " + reference.registry() + " answered 404"
                        + words + ".",
                wording.image(),
                "Create the repository, or correct its name.");
    }

    EnvironmentFailure notAuthorised(Reference reference, int status, String words, FoundCredentials used) {
        return environment(
                wording.denied(reference) + ": " + reference.registry() + " answered " + status + words + ", "
                        + used.text() + ".",
                wording.auth(),
                used.withheld()
                        .map(Withheld::next)
                        .orElse("Log in with 'docker login " + reference.registry() + "', or give credentials that "
                                + wording.permission() + "."));
    }

    /** Another host than the registry denied what the registry sent the build there for. */
    EnvironmentFailure deniedElsewhere(Reference reference, String host, Phase phase, int status, String words) {
        return environment(
                wording.denied(reference) + ": " + host + ", to which " + reference.registry()
                        + " sent the build, answered " + status + words + " while " + phase
                        + ", without credentials, as those for the registry are sent to no other host.",
                wording.image(),
                "Ask who runs the registry to correct its external URL, or access to its storage.");
    }

    Withheld withheldInClear() {
        return new Withheld("are not sent over plain HTTP", wording.privately());
    }

    Withheld withheldUnasked() {
        return new Withheld(
                "are not sent, as it asks neither for a password nor for a token",
                wording.move() + " a registry that asks for either.");
    }

    Withheld withheldFrom(String tokenServer) {
        return new Withheld(
                "are not sent to its token server " + tokenServer + ", a foreign host",
                wording.move() + " a registry whose token server is on a host of its own domain.");
    }

    EnvironmentFailure credentialsInClear(String registry) {
        return environment(
                registry + " asks for a password over plain HTTP, and none is sent that way.",
                "allowInsecureRegistries",
                wording.privately());
    }

    EnvironmentFailure unusableCredentials(String registry, String source, String reason) {
        return environment(
                "The credentials for " + registry + " could not be read from " + source + ": " + reason + ".",
                wording.credHelper(),
                "Correct the setting, or remove it to have the other sources asked.");
    }

    EnvironmentFailure badRealm(String registry, String realm) {
        return environment(
                registry + " names '" + realm + "' as its token server, which is not an address over HTTPS.",
                wording.image(),
                wording.move() + " a registry whose token server speaks HTTPS.");
    }

    EnvironmentFailure badToken(String host, String reason) {
        return environment(
                "The token server " + host + " gave no token: " + reason + ".",
                wording.image(),
                "Try again later, or ask who runs the registry.");
    }

    EnvironmentFailure badRedirect(String host, Phase phase, String how) {
        return environment(
                host + " redirected the build " + how + " while " + phase + ", which was not followed.",
                wording.image(),
                "Ask who runs the registry. " + wording.move() + " another one otherwise.");
    }

    EnvironmentFailure refused(String host, Phase phase, int status, String words) {
        return environment(
                host + " answered " + status + words + " while " + phase + ".", wording.image(), wording.refused());
    }

    /** Another host than the registry refused what the registry sent the build there for. */
    EnvironmentFailure refusedElsewhere(Reference reference, String host, Phase phase, int status, String words) {
        return environment(
                host + " answered " + status + words + " while " + phase + ".",
                wording.image(),
                "Ask who runs " + host + ", to which " + reference.registry() + " sent the build.");
    }

    /** What to say once repeating is over. */
    EnvironmentFailure gaveUp(String host, Phase phase, int attempts, IOException failure) {
        String times = attempts == 1 ? "" : " " + attempts + " times";
        if (failure instanceof LateException late) {
            return environment(
                    host + " took longer than " + late.limit() + " in all while " + phase + ".",
                    wording.image(),
                    "Check the network and the proxy, and run the build again.");
        }
        if (!(failure instanceof TemporaryException temporary)) {
            return unreachable(host, phase, failure);
        }
        if (temporary.advised().isPresent()) {
            return new EnvironmentFailure(temporary.advised().get());
        }
        String answered =
                temporary.host() + " answered " + temporary.status() + temporary.words() + times + " while " + phase;
        if (temporary.status() != 429) {
            return environment(answered + ".", wording.image(), "Try again later.");
        }
        String limited = "The requests of this build are rate limited: " + answered + ".";
        // No other host learns who asks.
        return temporary.host().equals(host)
                ? environment(
                        limited,
                        wording.auth(),
                        "Try again later, or log in: most registries allow more to those they know.")
                : environment(limited, wording.image(), "Try again later.");
    }

    private EnvironmentFailure unreachable(String host, Phase phase, IOException failure) {
        String what = host + " could not be reached while " + phase + ": " + reason(failure);
        Problem problem =
                problem(what + ".", wording.image(), "Check the name of the registry, the network and the proxy.");
        return new EnvironmentFailure(problem, redactor.safe(failure).orElse(null));
    }

    /** Why a request failed, as part of a sentence. */
    String reason(IOException failure) {
        if (failure instanceof TemporaryException temporary) {
            return redactor.redact("it answered " + temporary.status() + temporary.words());
        }
        if (failure instanceof StallException) {
            return "no data came for " + settings.stall().toSeconds() + " s";
        }
        return NetworkFailures.reason(failure, settings);
    }

    EnvironmentFailure interrupted(String host, Phase phase) {
        return environment(
                "The build was interrupted while " + phase + wording.place() + host + ".",
                wording.image(),
                "Run the build again.");
    }

    EnvironmentFailure wrongDigest(Reference reference, String document, String expected, String actual) {
        return environment(
                reference.registry() + " gave the wrong " + document + " for '" + reference + "': its digest must be "
                        + expected + ", it is " + actual + ".",
                IMAGE,
                "Do not build on this image before it is clear who changed it.");
    }

    EnvironmentFailure wrongSize(Reference reference, String document, String expected, long size) {
        return environment(
                reference.registry() + " gave the wrong " + document + " for '" + reference + "': " + expected
                        + " must have " + size + " bytes.",
                IMAGE,
                "Do not build on this image before it is clear who changed it.");
    }

    EnvironmentFailure tooLarge(Reference reference, String document) {
        return environment(
                "The " + document + " of '" + reference + "' is larger than 4 MiB.",
                IMAGE,
                "Take a base image whose documents are of a usual size.");
    }

    EnvironmentFailure malformed(Reference reference, String document, String reason) {
        return environment(
                "The " + document + " of '" + reference + "' is malformed: " + reason + ".",
                IMAGE,
                "Take another base image, or have this one pushed again.");
    }

    UserFailure unsupported(Reference reference, String what) {
        return user(
                "The base image '" + reference + "' is " + what + ", which is not supported.",
                IMAGE,
                "Take a base image in Docker's version 2 schema 2 or in OCI format.");
    }

    UserFailure noPlatform(Reference reference, Architecture architecture, List<String> available) {
        String others = available.isEmpty() ? "no image at all" : String.join(", ", available);
        return user(
                "The base image '" + reference + "' has no image for linux/" + architecture.ociName() + "; it has "
                        + others + ".",
                ARCHITECTURES,
                "Choose an architecture that the base image has, or another base image.");
    }

    UserFailure wrongArchitecture(Reference reference, Architecture architecture, String actual) {
        return user(
                "The base image '" + reference + "' is for " + actual + ", not for linux/" + architecture.ociName()
                        + ".",
                ARCHITECTURES,
                "Choose the architecture of the base image, or another base image.");
    }

    UserFailure offline(Reference reference, String document) {
        return user(
                "The " + document + " of the base image '" + reference
                        + "' is not in the cache, and Maven works offline.",
                IMAGE,
                "Run the build once without -o.");
    }

    private UserFailure user(String what, String setting, String next) {
        return new UserFailure(problem(what, setting, next));
    }

    private EnvironmentFailure environment(String what, String setting, String next) {
        return new EnvironmentFailure(problem(what, setting, next));
    }

    private Problem problem(String what, String setting, String next) {
        return Problem.of(redactor.redact(what), setting, next);
    }
}
