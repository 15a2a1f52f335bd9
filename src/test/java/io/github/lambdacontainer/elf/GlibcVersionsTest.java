package io.github.lambdacontainer.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class GlibcVersionsTest {

    @Test
    void comparesNumbersNotText() {
        assertThat(GlibcVersions.highest(Set.of("GLIBC_2.9", "GLIBC_2.34", "GLIBC_2.2.5")))
                .hasValue("2.34");
        assertThat(GlibcVersions.compare("2.9", "2.34")).isNegative();
        assertThat(GlibcVersions.compare("2.2", "2.2.0")).isZero();
    }

    @Test
    void passesOverNamesThatAreNoVersions() {
        assertThat(GlibcVersions.highest(Set.of("GLIBC_PRIVATE", "GLIBC_ABI_DT_RELR", "GLIBCXX_3.4", "GCC_3.0")))
                .isEmpty();
    }
}
