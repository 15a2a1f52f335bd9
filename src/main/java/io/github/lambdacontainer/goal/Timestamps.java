package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The times an image carries: as the settings say, else {@code project.build.outputTimestamp} (Maven, "Configuring for
 * Reproducible Builds"), else fixed ones. The clock is never asked.
 */
final class Timestamps {

    private final Properties project;
    private final List<Problem> problems;

    Timestamps(Properties project, List<Problem> problems) {
        this.project = project;
        this.problems = problems;
    }

    Instant created(@Nullable String given) {
        return time("container.creationTime", given, "EPOCH", Instant.EPOCH);
    }

    Instant modified(@Nullable String given) {
        return time("container.filesModificationTime", given, "EPOCH_PLUS_SECOND", Instant.ofEpochSecond(1));
    }

    private Instant time(String setting, @Nullable String given, String keyword, Instant fixed) {
        if (given == null) {
            return outputTimestamp().orElse(fixed);
        }
        if (given.equals(keyword)) {
            return fixed;
        }
        return parse(given).orElseGet(() -> {
            problems.add(Problem.of(
                    "'" + given + "' is not a time that is the same in every build.",
                    setting,
                    "Give " + keyword + " or an ISO 8601 date and time with offset, such as 2026-01-31T12:00:00Z."));
            return fixed;
        });
    }

    /** A single character switches reproducible builds off in Maven, so it is no time. */
    private Optional<Instant> outputTimestamp() {
        String text = project.getProperty("project.build.outputTimestamp", "").strip();
        if (text.length() < 2) {
            return Optional.empty();
        }
        return text.matches("\\d{1,12}") ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text))) : parse(text);
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
