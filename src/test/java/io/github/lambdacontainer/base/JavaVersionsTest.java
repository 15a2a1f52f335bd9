package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaVersionsTest {

    @ParameterizedTest
    @CsvSource({
        "21, 21",
        "21.0.4, 21",
        "21.0.4+7, 21",
        "jdk-21.0.4+7, 21",
        "25-ea, 25",
        "11.0.24_8, 11",
        "1.8.0_432, 8",
        "8u432, 8",
        "jdk8u432-b06, 8",
        "jdk1.8.0_432, 8"
    })
    void featureVersion(String version, int feature) {
        assertThat(JavaVersions.feature(version)).hasValue(feature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "openjdk", "-1", "0.9", "20240101"})
    void noVersion(String version) {
        assertThat(JavaVersions.feature(version)).isEmpty();
    }

    @Test
    void veryLongTextsAreNoVersion() {
        assertThat(JavaVersions.feature("9".repeat(100_000))).isEmpty();
    }
}
