package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin works in every Maven it is for, and gives the same image in each. */
class MavenVersionsIT {

    private static final String[] VERSIONS = {"3.6.3", "3.9.16", "4.0.0-rc-6"};

    @ParameterizedTest
    @ValueSource(strings = {"3.6.3", "3.9.16", "4.0.0-rc-6"})
    void aProjectOfOneModuleGivesAnImage(String maven) {
        MavenResult result = MavenBuild.project("request-handler")
                .from(Base.AWS_JAVA_17)
                .maven(maven)
                .succeed();
        assertThat(result.archive()).isRegularFile();
        assertThat(result.json().path("handler").asText()).isEqualTo("com.example.orders.OrderHandler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6.3", "3.9.16", "4.0.0-rc-6"})
    void aProjectOfSeveralModulesGivesAnImage(String maven) {
        MavenResult result = Function.MULTI_MODULE.image(MavenBuild.project("multi-module")
                .from(Base.AWS_JAVA_17)
                .maven(maven)
                .succeed());
        assertThat(result.archive()).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6.3", "3.9.16", "4.0.0-rc-6"})
    void aProblemIsPrintedWithItsThreeParts(String maven) {
        assertThat(MavenBuild.project("several-handlers")
                        .from(Base.AWS_JAVA_17)
                        .maven(maven)
                        .fail()
                        .failure())
                .isEqualTo(FailureIT.SEVERAL_HANDLERS);
    }

    /** Maven 4 sets a time where the project does not, and the files of the image take it. */
    @Test
    void everyMavenGivesTheSameImageOfAProjectThatSetsItsTime() {
        Set<String> digests = new HashSet<>();
        for (String maven : VERSIONS) {
            digests.add(MavenBuild.project("request-handler")
                    .from(Base.AWS_JAVA_17)
                    .maven(maven)
                    .replace(
                            "pom.xml",
                            "</properties>",
                            "<project.build.outputTimestamp>2026-01-01T00:00:00Z</project.build.outputTimestamp>"
                                    + "</properties>")
                    .succeed()
                    .digest());
        }
        assertThat(digests).hasSize(1);
    }
}
