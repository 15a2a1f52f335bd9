package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private final List<Problem> problems = new ArrayList<>();

    private Timestamps timestamps(@Nullable String outputTimestamp) {
        Properties properties = new Properties();
        if (outputTimestamp != null) {
            properties.setProperty("project.build.outputTimestamp", outputTimestamp);
        }
        return new Timestamps(properties, problems);
    }

    @Test
    void withoutAnySettingTheTimesAreFixed() {
        assertThat(timestamps(null).created(null)).isEqualTo(Instant.EPOCH);
        assertThat(timestamps(null).modified(null)).isEqualTo(Instant.ofEpochSecond(1));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T13:00:00+01:00, 2026-01-31T12:00:00Z",
        "86400, 1970-01-02T00:00:00Z"
    })
    void mavensOutputTimestampHoldsWhereNothingElseIsSaid(String text, Instant time) {
        assertThat(timestamps(text).created(null)).isEqualTo(time);
        assertThat(timestamps(text).modified(null)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "${git.commit.time}"})
    void anOutputTimestampThatIsNoneIsPassedOver(String text) {
        assertThat(timestamps(text).created(null)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void theSettingWinsOverMavensOutputTimestamp() {
        assertThat(timestamps("86400").created("EPOCH")).isEqualTo(Instant.EPOCH);
        assertThat(timestamps("86400").modified("1970-01-01T00:00:05Z")).isEqualTo(Instant.ofEpochSecond(5));
    }

    @Test
    void theClockIsRefused() {
        timestamps(null).created("USE_CURRENT_TIMESTAMP");

        assertThat(problems).extracting(Problem::text).containsExactly("""
                'USE_CURRENT_TIMESTAMP' is not a time that is the same in every build.
                  Setting: <container><creationTime> (-Dlambda-container.container.creationTime)
                  Next: Give EPOCH or an ISO 8601 date and time with offset, such as 2026-01-31T12:00:00Z.""");
    }
}
