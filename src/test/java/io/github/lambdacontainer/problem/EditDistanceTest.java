package io.github.lambdacontainer.problem;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class EditDistanceTest {

    @Property(tries = 300)
    void isSymmetricAndZeroForEqualTextsOnly(
            @ForAll @AlphaChars @StringLength(max = 8) String a, @ForAll @AlphaChars @StringLength(max = 8) String b) {
        assertThat(EditDistance.between(a, b)).isEqualTo(EditDistance.between(b, a));
        assertThat(EditDistance.between(a, b) == 0).isEqualTo(a.equals(b));
        assertThat(EditDistance.between(a, b))
                .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    }

    @Example
    void countsSwappedNeighboursOnce() {
        assertThat(EditDistance.between("handle", "hadnle")).isEqualTo(1);
    }
}
