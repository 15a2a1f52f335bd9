package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupInputsTest {

    @TempDir
    Path directory;

    private final List<Problem> problems = new ArrayList<>();
    private final Properties properties = new Properties();

    /** A goal with these settings only. */
    private static final class OnlyStartup {
        final StartupOptions startup = new StartupOptions();
    }

    private StartupSettings read() {
        OnlyStartup goal = new OnlyStartup();
        new Options(properties, new Properties()).fill(goal);
        return new StartupInputs(directory, Map.of("TABLE", "orders", "AWS_SECRET_ACCESS_KEY", "secret"), problems)
                .of(goal.startup, StartupSettings.Mode.AUTO);
    }

    private void set(String name, String value) {
        properties.setProperty("lambda-container.startup." + name, value);
    }

    @Test
    void eventsAreReadWhereTheyUsuallyAre() throws IOException {
        assertThat(read().events()).isEmpty();
        Path events = Files.createDirectories(directory.resolve("src/lambda/events"));

        assertThat(read().events()).contains(events);
        assertThat(read().timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(read().environment()).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void aDirectoryThatIsNamedHasToExist() {
        set("events", "no/such");
        read();
        assertThat(problems)
                .extracting(Problem::text)
                .containsExactly("The directory of events '" + directory.resolve("no/such") + "' does not exist.\n"
                        + "  Setting: <startup><events> (-Dlambda-container.startup.events)\n"
                        + "  Next: Make it, name another one, or leave the setting out to have the function only"
                        + " initialised.");
    }

    @Test
    void theBuildsVariablesArePassedOnOnlyWhereTheyAreNamed() {
        set("environment", "TABLE, STAGE=training");
        assertThat(read().environment()).isEqualTo(Map.of("TABLE", "orders", "STAGE", "training"));
        assertThat(read().ofBuild()).containsExactly("TABLE");

        set("environment", "REGION");
        read();
        assertThat(problems)
                .extracting(Problem::text)
                .containsExactly("The build has no environment variable 'REGION' to pass on to the training run.\n"
                        + "  Setting: <startup><environment> (-Dlambda-container.startup.environment)\n"
                        + "  Next: Set it, give its value as REGION=value, or leave it out.");
    }

    @Test
    void aTimeLimitIsInWholeSeconds() {
        set("timeout", "90");
        assertThat(read().timeout()).isEqualTo(Duration.ofSeconds(90));

        for (String none : List.of("0", "1m", "-5", "99999999999")) {
            problems.clear();
            set("timeout", none);
            read();
            assertThat(problems)
                    .extracting(Problem::text)
                    .containsExactly("'" + none + "' is not a time limit.\n"
                            + "  Setting: <startup><timeout> (-Dlambda-container.startup.timeout)\n"
                            + "  Next: Give whole seconds from 1 to 3600.");
        }
    }
}
