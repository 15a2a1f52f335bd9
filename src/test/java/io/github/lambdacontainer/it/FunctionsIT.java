package io.github.lambdacontainer.it;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of base runs a function, and every function runs on a base with Java and on one with nothing. */
@NeedsContainers
class FunctionsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(
            value = Base.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AWS_JAVA_17_TWINS", "AWS_JAVA_25", "WITHOUT_LIBGCC"})
    void everyKindOfBaseRunsAFunction(Base base) throws IOException {
        answers(Function.REQUEST_HANDLER, base.reference());
    }

    @Test
    @NeedsJdk25
    void theAwsBaseForJava25RunsAFunction() throws IOException {
        answers(Function.API_GATEWAY, Base.AWS_JAVA_25.reference());
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void everyFunctionRunsOnTheAwsBaseForJava(Function function) throws IOException {
        answers(function, Base.AWS_JAVA_17.reference());
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void everyFunctionRunsOnScratch(Function function) throws IOException {
        answers(function, "scratch");
    }

    @ParameterizedTest
    @EnumSource(
            value = Base.class,
            names = {"AWS_JAVA_17", "WITH_JAVA"})
    void aFunctionInAJarRunsToo(Base base) throws IOException {
        MavenResult result = Function.REQUEST_HANDLER
                .build()
                .from(base)
                .property("lambda-container.containerizingMode", "packaged")
                .succeed();
        answers(Function.REQUEST_HANDLER, result);
    }

    @Test
    @NeedsJdk25
    void aRuntimeIsLinkedFromTheJdkThatIsNamed() throws IOException {
        MavenResult result = Function.REQUEST_HANDLER
                .build()
                .from(Base.WITHOUT_JAVA)
                .property(
                        "lambda-container.runtime.jdk", It.jdk25().orElseThrow().toString())
                .succeed();
        answers(Function.REQUEST_HANDLER, result);
    }

    private static void answers(Function function, String base) throws IOException {
        answers(function, function.image(function.build().from(base).succeed()));
    }

    static void answers(Function function, MavenResult result) throws IOException {
        try (LocalFunction api = new LocalFunction();
                var container = Containers.start(result.archive(), api)) {
            function.assertResponse(api.invoke(function.event, LIMIT));
            function.assertResponse(api.invoke(function.event, LIMIT));
            container.assertRunning();
        }
    }
}
