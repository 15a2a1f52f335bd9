package io.github.lambdacontainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    @ParameterizedTest
    @CsvSource({
        "1.9, 1.10, -1",
        "2.9.0, 2.9, 0",
        "2.17, 2.34, -1",
        "1.0-SNAPSHOT, 1.0, -1",
        "1.0-rc1, 1.0-rc2, -1",
        "1.0.1, 1.0-SNAPSHOT, 1",
        "20240303.1, 99999999999999999999, -1",
        "1.0, 1.0, 0"
    })
    void numbersCompareAsNumbersAndWordsComeBeforeTheRelease(String left, String right, int order) {
        assertThat(Integer.signum(Versions.compare(left, right))).isEqualTo(order);
        assertThat(Integer.signum(Versions.compare(right, left))).isEqualTo(-order);
    }
}
