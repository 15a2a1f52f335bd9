package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.build.PushRequest;
import io.github.lambdacontainer.ecr.NewRepository;
import io.github.lambdacontainer.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a push beside the image's name.
 *
 * @param to what the user gave
 */
record PushSettings(To to) {

    /** As the OCI distribution specification has it. */
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    private static final List<String> MUTABILITIES = List.of("MUTABLE", "IMMUTABLE");

    /** Every value that is none. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        to.mountFrom().stream()
                .filter(repository -> !REPOSITORY.matcher(repository).matches())
                .map(repository -> Problem.of(
                        "'" + repository + "' is not the name of a repository.",
                        "to.mountFrom",
                        "Give names without registry and tag, such as team/base."))
                .forEach(problems::add);
        RepositoryOptions repository = to.repository();
        given(repository.imageTagMutability())
                .filter(value -> !MUTABILITIES.contains(value.toUpperCase(Locale.ROOT)))
                .map(value -> Problem.of(
                        "'" + value + "' is not a value of this setting.",
                        "to.repository.imageTagMutability",
                        "Take one of: MUTABLE, IMMUTABLE."))
                .ifPresent(problems::add);
        repository.accounts().stream()
                .filter(account -> !account.matches("\\d{12}"))
                .map(account -> Problem.of(
                        "'" + account + "' is not the id of an AWS account.",
                        "to.repository.accounts",
                        "Give the twelve digits of each account."))
                .forEach(problems::add);
        if (!repository.accounts().isEmpty() && !repository.lambdaPullPolicy()) {
            problems.add(Problem.of(
                    "Accounts are named, but the repository gets no policy that could name them.",
                    "to.repository.lambdaPullPolicy",
                    "Set it to true, or leave the accounts out."));
        }
        return problems;
    }

    /** What is asked of the push, where there are no problems. */
    PushRequest request() {
        return new PushRequest(
                to.mountFrom(), Optional.of(to).filter(To::createRepository).map(given -> newRepository()));
    }

    private NewRepository newRepository() {
        RepositoryOptions repository = to.repository();
        return new NewRepository(
                given(repository.imageTagMutability()).map(value -> value.toUpperCase(Locale.ROOT)),
                repository.scanOnPush(),
                given(repository.kmsKey()),
                repository.tags(),
                repository.lambdaPullPolicy(),
                repository.accounts());
    }

    /** A blank stands for the default. */
    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(value -> !value.isEmpty());
    }
}
