package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.UserFailure;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What a function that runs here is given. */
class RunSettingsTest {

    /** A goal with these settings only. */
    private static final class OnlyInvoke {
        final InvokeOptions invoke = new InvokeOptions();
    }

    private static RunSettings read(String environment) {
        Properties properties = new Properties();
        properties.setProperty("lambda-container.invoke.environment", environment);
        OnlyInvoke goal = new OnlyInvoke();
        new Options(properties, new Properties()).fill(goal);
        return RunSettings.of(goal.invoke, "function", Map.of("TABLE", "orders", "AWS_SECRET_ACCESS_KEY", "secret"));
    }

    @Test
    void variablesOfTheBuildAreNamedAndOthersGiven() {
        assertThat(read("TABLE, STAGE=here").function().environment())
                .isEqualTo(Map.of("TABLE", "orders", "STAGE", "here"));
    }

    @Test
    void aVariableThatTheBuildLacksIsTold() {
        assertThatThrownBy(() -> read("TABEL"))
                .isInstanceOf(UserFailure.class)
                .hasMessage("The build has no environment variable 'TABEL' to pass on to the function.\n"
                        + "  Setting: <invoke><environment> (-Dlambda-container.invoke.environment)\n"
                        + "  Next: Set it, give its value as TABEL=value, or leave it out.");
    }
}
