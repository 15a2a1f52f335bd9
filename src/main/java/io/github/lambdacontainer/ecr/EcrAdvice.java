package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.Refusal;
import io.github.lambdacontainer.registry.RefusalAdvice;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the refusals of ECR's registries mean; ECR's own sentence is always part of it. */
final class EcrAdvice implements RefusalAdvice {

    private static final Pattern CALLER = Pattern.compile("User: arn:[a-z0-9-]+:(?:iam|sts)::(\\d{12}):");

    private final EcrTokens tokens;

    EcrAdvice(EcrTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Optional<Problem> explain(Refusal refusal) {
        String registry = refusal.reference().registry();
        if (EcrHost.isPublic(registry)) {
            return explainPublic(refusal);
        }
        return EcrHost.of(registry).flatMap(host -> explain(refusal, host));
    }

    /** Whoever reads the gallery anonymously may read more of it in a second with credentials. */
    private Optional<Problem> explainPublic(Refusal refusal) {
        if (!isThrottled(refusal)) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                "The public gallery throttled the requests of this build: " + said(refusal) + ", "
                        + credentials(refusal) + ".",
                auth(refusal),
                "Try again later, or log in to AWS: the gallery allows more to those it knows."));
    }

    private Optional<Problem> explain(Refusal refusal, EcrHost host) {
        String words = (refusal.code() + " " + refusal.words()).toLowerCase(Locale.ROOT);
        if (isThrottled(refusal)) {
            return problem(
                    "ECR throttled the requests of this build: " + said(refusal),
                    image(refusal),
                    "Try again later, or ask AWS for a higher quota of ECR in " + host.region() + ".");
        }
        if (words.contains("name_unknown") || words.contains("repositorynotfound")) {
            return missing(refusal, host);
        }
        if (words.contains("layeralreadyexist") || words.contains("layersalreadyexist")) {
            return problem(
                    denied(refusal) + ": " + said(refusal),
                    image(refusal),
                    "Run the build again: another push of the same layers was faster.");
        }
        if (refusal.push() && (words.contains("tag_invalid") || words.contains("imagetagalreadyexists"))) {
            return problem(
                    "The tag of '" + refusal.reference() + "' cannot be moved: " + said(refusal),
                    image(refusal),
                    "Push under another tag, or make the tags of the repository mutable.");
        }
        return words.contains("token has expired") || words.contains("expiredtoken")
                ? expired(refusal, host)
                : notAllowed(refusal, host);
    }

    private Optional<Problem> missing(Refusal refusal, EcrHost host) {
        String what =
                "The repository '" + refusal.reference().repository() + "' does not exist: " + said(refusal) + ".";
        Problem problem = Problem.of(
                what,
                image(refusal),
                "Correct the repository's name, the account or the region " + host.region() + ".");
        return Optional.of(refusal.push() ? Ecr.missing(refusal.reference(), problem) : problem);
    }

    private Optional<Problem> expired(Refusal refusal, EcrHost host) {
        String next = tokens.has(refusal.reference().registry())
                ? "Run the build again."
                : "Log in again with 'aws ecr get-login-password --region " + host.region()
                        + " | docker login --username AWS --password-stdin "
                        + refusal.reference().registry() + "', or set AWS credentials.";
        return problem(denied(refusal) + ": " + said(refusal) + ", " + credentials(refusal), auth(refusal), next);
    }

    /** A 401 or 403: nobody asked, or somebody without the permission. */
    private Optional<Problem> notAllowed(Refusal refusal, EcrHost host) {
        if (refusal.status() != 401 && refusal.status() != 403) {
            return Optional.empty();
        }
        Optional<AwsReason> failure = tokens.failure(refusal.reference().registry());
        boolean anonymous = refusal.credentials().isEmpty()
                || (refusal.credentials().contains(EcrTokens.NAME)
                        && !tokens.has(refusal.reference().registry()));
        String next;
        if (anonymous) {
            next = failure.map(AwsReason::next).orElse("Set AWS credentials, or log in with 'docker login'.");
        } else {
            next = caller(refusal)
                    .filter(account -> !account.equals(host.account()))
                    .map(account -> "The credentials are of the account " + account
                            + " and the registry is of the account " + host.account() + ": allow the action "
                            + IamAction.of(refusal) + " to them in the repository's policy, or correct <"
                            + (refusal.push() ? "to" : "from") + "><image>.")
                    .orElseGet(() -> "Allow the action " + IamAction.of(refusal) + " on this repository of the account "
                            + host.account() + ", in IAM and, for another account, in the repository's policy.");
        }
        return problem(denied(refusal) + ": " + said(refusal) + ", " + credentials(refusal), auth(refusal), next);
    }

    /** The account of who asked, if ECR says who that is. */
    private static Optional<String> caller(Refusal refusal) {
        Matcher matcher = CALLER.matcher(refusal.words());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** With which credentials a request was made, and why not with those of AWS. */
    private String credentials(Refusal refusal) {
        String registry = refusal.reference().registry();
        boolean asked = refusal.credentials().contains(EcrTokens.NAME);
        if (asked && tokens.has(registry)) {
            return "with a token for the AWS credentials from " + tokens.source();
        }
        Optional<String> why = tokens.failure(registry).map(AwsReason::what);
        if (asked) {
            return "without credentials, as there are none for it in " + String.join(", ", refusal.credentials())
                    + why.map(reason -> ": " + reason).orElse("");
        }
        String used = refusal.credentials().isEmpty()
                ? "without credentials"
                : "with the credentials from " + refusal.credentials().get(0);
        return used + why.map(reason -> ", as " + reason).orElse("");
    }

    private static boolean isThrottled(Refusal refusal) {
        String words = (refusal.code() + " " + refusal.words()).toLowerCase(Locale.ROOT);
        return refusal.status() == 429 || words.contains("toomanyrequests") || words.contains("throttlingexception");
    }

    private static String denied(Refusal refusal) {
        return refusal.push()
                ? "The image '" + refusal.reference() + "' may not be pushed"
                : "The base image '" + refusal.reference() + "' may not be read";
    }

    private static String said(Refusal refusal) {
        String code = refusal.code();
        String words = refusal.words();
        String both = code.isEmpty() || words.isEmpty() ? code + words : code + ": " + words;
        return refusal.reference().registry() + " answered " + refusal.status()
                + (both.isEmpty() ? "" : " (" + both + ")");
    }

    private static String image(Refusal refusal) {
        return refusal.push() ? "to.image" : "from.image";
    }

    private static String auth(Refusal refusal) {
        return refusal.push() ? "to.auth" : "from.auth";
    }

    private static Optional<Problem> problem(String what, String setting, String next) {
        return Optional.of(Problem.of(what + ".", setting, next));
    }
}
