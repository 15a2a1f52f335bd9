package io.github.lambdacontainer.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void valuesAreHiddenWhereverTheyAre() {
        assertThat(Secrets.hide("a secret-1 and secret-1-longer\n", List.of("secret-1", "secret-1-longer")))
                .isEqualTo("a *** and ***");
    }

    @Test
    void shortValuesAreWords() {
        assertThat(Secrets.hide("it is true", List.of("true", ""))).isEqualTo("it is true");
    }

    @Test
    void theRestOfAValueAtTheBeginningIsHiddenToo() {
        assertThat(Secrets.hide("and-long-secret failed", List.of("a-very-long-and-long-secret")))
                .isEqualTo("*** failed");
    }
}
