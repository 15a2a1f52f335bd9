package io.github.lambdacontainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.project.Dependency;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JarNamesTest {

    @Test
    void theFirstJarKeepsItsNameAndLaterOnesGetTheirGroupAndANumber() {
        assertThat(JarNames.of(List.of(jar("a", "x.jar"), jar("b", "x.jar"), jar("b", "/other/x.jar")), Set.of())
                        .values())
                .containsExactly("x.jar", "b-x.jar", "b-2-x.jar");
    }

    @Test
    void namesThatAreTakenAreLeftAlone() {
        assertThat(JarNames.of(List.of(jar("a", "x.jar")), Set.of("x.jar")).values())
                .containsExactly("a-x.jar");
    }

    @Test
    void aColonBecomesAnUnderscore() {
        assertThat(JarNames.of(List.of(jar("a", "x:y.jar"), jar("b", "x_y.jar")), Set.of())
                        .values())
                .containsExactly("x_y.jar", "b-x_y.jar");
    }

    private static Dependency jar(String group, String path) {
        return new Dependency(group, "x", "1", "", Path.of("/m2").resolve(path), Dependency.Origin.RELEASE);
    }
}
