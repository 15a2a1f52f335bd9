package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The line that Lambda logs. */
class UsageTest {

    @Test
    void theFirstInvocationIsBilledWithItsInitialisation() {
        Usage usage = new Usage(
                "id",
                Duration.ofNanos(12_344_999),
                512,
                100 * 1024 * 1024 + 1,
                Optional.of(Duration.ofNanos(250_500_000)));
        assertThat(usage.report())
                .isEqualTo("REPORT RequestId: id\tDuration: 12.34 ms\tBilled Duration: 263 ms\tMemory Size: 512 MB\t"
                        + "Max Memory Used: 101 MB\tInit Duration: 250.50 ms");
    }

    @Test
    void laterOnesAreBilledByTheMillisecond() {
        Usage usage = new Usage("id", Duration.ofNanos(1_000_001), 128, 64 << 20, Optional.empty());
        assertThat(usage.report())
                .isEqualTo("REPORT RequestId: id\tDuration: 1.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\t"
                        + "Max Memory Used: 64 MB");
    }

    @Test
    void memoryThatIsNotKnownIsNotTold() {
        Usage usage = new Usage("id", Duration.ofMillis(1), 128, 0, Optional.empty());
        assertThat(usage.report())
                .isEqualTo("REPORT RequestId: id\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB");
    }
}
