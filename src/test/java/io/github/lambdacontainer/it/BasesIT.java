package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests' own base images are like the real ones in what the tests rely on. */
@NeedsContainers
class BasesIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(
            value = Base.class,
            names = {"WITH_JAVA", "WITH_JAVA_ON_PATH"})
    void javaIsOnThePathOfABaseWithJava(Base base) throws Exception {
        assertThat(run(base, "java", "-Xshare:auto", "-version")).contains("OpenJDK");
    }

    @Test
    void theEntrypointOfAnAwsBaseAsksForExactlyOneArgument() throws Exception {
        try (LocalFunction api = new LocalFunction();
                var container = Containers.start(Base.AWS_OS_ONLY.reference(), api)) {
            assertThat(container.exitCode(LIMIT)).isEqualTo(142);
            assertThat(container.log()).contains("entrypoint requires the handler name to be the first argument");
        }
    }

    @Test
    void theInterfaceClientOfTheAwsBaseForJavaServesTheRuntimeApi() throws IOException {
        servesTheRuntimeApi(Base.AWS_JAVA_17);
    }

    @Test
    @NeedsJdk25
    void theInterfaceClientOfTheAwsBaseForJava25ServesTheRuntimeApi() throws IOException {
        servesTheRuntimeApi(Base.AWS_JAVA_25);
    }

    private static void servesTheRuntimeApi(Base base) throws IOException {
        try (LocalFunction api = new LocalFunction();
                var container = Containers.start(base.reference(), api, "java.lang.String::strip")) {
            assertThat(api.invoke("{}", LIMIT)).isEqualTo("\"\"");
            container.assertRunning();
        }
    }

    private static String run(Base base, String... command) throws Exception {
        try (LocalFunction api = new LocalFunction();
                var container = Containers.start(base.reference(), api, command)) {
            assertThat(container.exitCode(LIMIT)).as(container.log()).isZero();
            return container.log();
        }
    }
}
