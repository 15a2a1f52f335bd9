package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Programs that should end soon, and some that do not. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ShortRunTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void whatItPrintsIsKeptWithTheExitCode() throws IOException, InterruptedException {
        assertThat(ShortRun.of(sh("echo ' said'; exit 3"), ShortRun.LIMIT)).contains(new ShortRun(3, "said"));
    }

    @Test
    void moreThanAPipeHoldsDoesNotHoldItUp() throws IOException, InterruptedException {
        assertThat(ShortRun.of(sh("head -c 300000 /dev/zero | tr '\\0' x"), ShortRun.LIMIT))
                .contains(new ShortRun(0, "x".repeat(2000)));
    }

    @Test
    void aProgramThatDoesNotEndIsEnded() throws IOException, InterruptedException {
        assertThat(ShortRun.of(sh("echo begun; sleep 600; echo done"), SHORT)).isEmpty();
    }

    /** What was printed counts where the JDK saw the end before it was read. */
    @Test
    @Timeout(9)
    void aChildThatKeepsTheOutputOpenIsNotWaitedFor() throws IOException, InterruptedException {
        assertThat(ShortRun.of(sh("timeout 10 sleep 10 & exit 0"), SHORT).map(ShortRun::output))
                .isIn(Optional.empty(), Optional.of(""));
    }

    private static ProcessBuilder sh(String command) {
        return new ProcessBuilder("/bin/sh", "-c", command);
    }
}
