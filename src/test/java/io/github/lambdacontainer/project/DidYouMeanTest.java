package io.github.lambdacontainer.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class DidYouMeanTest {

    @Property(tries = 300)
    void findsANameThatLostOneLetter(@ForAll @AlphaChars @StringLength(min = 4, max = 20) String name) {
        String misspelt = name.substring(0, 2) + name.substring(3);

        assertThat(DidYouMean.nearest(misspelt, List.of("0123456789012345678901234", name)))
                .contains(name);
    }

    @Example
    void prefersTheNearestAndThenTheFirstInTheAlphabet() {
        assertThat(DidYouMean.nearest("handler", List.of("hxndlxr", "handlez", "handlea")))
                .contains("handlea");
        assertThat(DidYouMean.nearest("handler", List.of("process"))).isEmpty();
    }
}
