package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tests' Runtime API against the real interface client, on this machine's Java. */
class RuntimeApiIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private RuntimeApi api;
    private Process function;

    @BeforeEach
    void startApi() throws IOException {
        api = new RuntimeApi();
    }

    @AfterEach
    void stop() {
        if (function != null) {
            function.destroyForcibly();
        }
        api.close();
    }

    @Test
    void anEventReachesTheHandlerAndItsResponseComesBack() throws IOException {
        start(Greeting.class);
        assertThat(api.invoke("\"Ada\"", LIMIT)).isEqualTo("\"Hello, Ada!\"");
        assertThat(api.invoke("\"Bob\"", LIMIT)).isEqualTo("\"Hello, Bob!\"");
    }

    @Test
    void anExceptionOfTheHandlerIsAnErrorWithItsTypeAndMessage() throws IOException {
        start(Greeting.class);
        assertThatExceptionOfType(RuntimeApi.FunctionError.class)
                .isThrownBy(() -> api.invoke("\"\"", LIMIT))
                .withMessage("Nobody to greet")
                .satisfies(error -> assertThat(error.type()).isEqualTo("java.lang.IllegalArgumentException"));
        assertThat(api.invoke("\"Ada\"", LIMIT)).isEqualTo("\"Hello, Ada!\"");
    }

    @Test
    void aFunctionThatCannotStartFailsItsInvocations() throws IOException {
        start(Broken.class);
        assertThatExceptionOfType(RuntimeApi.FunctionError.class)
                .isThrownBy(() -> api.invoke("\"Ada\"", LIMIT))
                .withMessageContaining("broken on purpose");
    }

    private void start(Class<?> handler) throws IOException {
        String classPath = Stream.concat(
                        InterfaceClient.jars().stream(), Stream.of(It.target().resolve("test-classes")))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                It.jdk().resolve("bin/java").toString(),
                "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                        + InterfaceClient.nativeLibrary(),
                "-cp",
                classPath,
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                handler.getName() + "::greet"));
        builder.environment().putAll(Map.of("AWS_LAMBDA_RUNTIME_API", api.address()));
        function = builder.redirectErrorStream(true)
                .redirectOutput(
                        It.directory("runtime-api").resolve("function.log").toFile())
                .start();
    }

    /** A handler that greets. */
    public static class Greeting {

        public String greet(String name) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("Nobody to greet");
            }
            return "Hello, " + name + "!";
        }
    }

    /** A handler that cannot be constructed. */
    public static class Broken {

        public Broken() {
            throw new IllegalStateException("broken on purpose");
        }

        public String greet(String name) {
            return name;
        }
    }
}
