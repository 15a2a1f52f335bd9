package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.Reference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BaseReferenceTest {

    private static final Path PROJECT = Path.of("/project");

    @Test
    void everyForm() {
        assertThat(BaseReference.parse("scratch", PROJECT)).isEqualTo(new BaseReference.Scratch());
        assertThat(BaseReference.parse("tar:target/../base.tar", PROJECT))
                .isEqualTo(new BaseReference.Archive(PROJECT.resolve("base.tar"), "tar:target/../base.tar"));
        assertThat(BaseReference.parse("oci:/layout", PROJECT))
                .isEqualTo(new BaseReference.OciLayout(Path.of("/layout").toAbsolutePath(), "oci:/layout"));
        assertThat(BaseReference.parse("public.ecr.aws/lambda/java:21", PROJECT))
                .isEqualTo(new BaseReference.Registry(
                        Reference.parse("public.ecr.aws/lambda/java:21", "from.image"),
                        "public.ecr.aws/lambda/java:21"));
    }

    @Test
    void textIsWhatTheUserWrote() {
        assertThat(BaseReference.parse("eclipse-temurin:21-jre", PROJECT).text())
                .isEqualTo("eclipse-temurin:21-jre");
        assertThat(BaseReference.parse("scratch", PROJECT).text()).isEqualTo("scratch");
    }

    @Test
    void missingPath() {
        assertThatThrownBy(() -> BaseReference.parse("tar: ", PROJECT))
                .isInstanceOf(UserFailure.class)
                .hasMessage("'tar: ' does not name a base image: the path is missing.\n"
                        + "  Setting: <from><image> (-Dlambda-container.from.image)\n"
                        + "  Next: Write tar:FILE with a docker or OCI archive, or oci:DIR with an OCI image layout.");
    }

    @Test
    void pathThatNoMachineHas() {
        assertThatThrownBy(() -> BaseReference.parse("oci:a\0b", PROJECT))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith("'oci:a\0b' does not name a base image: 'a\0b' is not a path on this machine.");
    }

    @Test
    void malformedReferenceNamesTheSetting() {
        assertThatThrownBy(() -> BaseReference.parse("Not A Reference", PROJECT))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("'Not A Reference'")
                .hasMessageContaining("<from><image>");
    }
}
