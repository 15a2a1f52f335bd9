package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.local.RunningProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The goals {@code invoke} and {@code serve} in real projects with a real Maven. */
@EnabledOnOs(OS.LINUX)
class RunIT {

    private static final String PLUGIN = "io.github.lambdacontainer:lambda-container-maven-plugin:" + It.version();
    private static final String INVOKE = PLUGIN + ":invoke";
    private static final String SERVE = PLUGIN + ":serve";
    private static final String REPORT =
            "REPORT RequestId: [0-9a-f-]{36}\tDuration: [0-9.]+ ms\tBilled Duration: [0-9]+"
                    + " ms\tMemory Size: 512 MB\tMax Memory Used: [1-9][0-9]* MB\tInit Duration: [0-9.]+ ms";

    @Test
    void aFunctionOnAnEmptyBaseAnswersAndNothingIsPacked() throws IOException {
        answers(Function.QUICKSTART, "scratch");
    }

    @Test
    void aFunctionOnTheAwsBaseForJavaAnswers() throws IOException {
        answers(Function.REQUEST_HANDLER, Base.AWS_JAVA_17.reference());
    }

    @Test
    void aFunctionOnABaseWithJavaAnswers() throws IOException {
        answers(Function.STREAM_HANDLER, Base.WITH_JAVA_ON_PATH.reference());
    }

    @Test
    void whatAFunctionLogsWithLog4jIsItsOutput() throws IOException {
        MavenResult result = Function.API_GATEWAY
                .build()
                .from(Base.AWS_JAVA_17)
                .goals(INVOKE)
                .property("lambda-container.event", Function.API_GATEWAY.event)
                .succeed();
        assertThat(result.log().lines())
                .anyMatch(line -> line.matches("\\[INFO] \\| [0-9a-f-]{36} INFO  ItemsApi - Item tea for dynamodb"));
    }

    private static void answers(Function function, String base) throws IOException {
        MavenResult result = function.build()
                .from(base)
                .goals(INVOKE)
                .property("lambda-container.event", function.event)
                .succeed();
        List<String> lines = result.log().lines().toList();
        assertThat(lines).anyMatch(line -> line.matches("\\[INFO] \\| " + REPORT));
        function.assertResponse(lines.get(lines.indexOf("[INFO] Response:") + 1));
        assertNothingIsLeft(result.target());
        assertThat(result.archive()).doesNotExist();
    }

    @Test
    void withoutMavensLinesTheResponseIsAllThatIsPrinted() {
        MavenResult result = Function.REQUEST_HANDLER
                .build()
                .from(Base.AWS_JAVA_17)
                .goals("-q", INVOKE)
                .property("lambda-container.event", Function.REQUEST_HANDLER.event)
                .succeed();
        Function.REQUEST_HANDLER.assertResponse(result.log().strip());
    }

    @Test
    void aFunctionWhoseImageHasItsJarRunsBeforeThereIsOne() throws IOException {
        MavenBuild build = MavenBuild.project("quickstart")
                .from(Base.AWS_JAVA_17)
                .property("lambda-container.containerizingMode", "packaged");
        MavenResult result = build.goals("-q", INVOKE)
                .property("lambda-container.event", "{\"name\":\"Ada\"}")
                .succeed();
        assertThat(result.log().strip()).isEqualTo("\"Hello, Ada!\"");
        try (Stream<Path> files = Files.list(result.target())) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".jar"));
        }
        assertNothingIsLeft(result.target());
    }

    @Test
    void theArchiveOfTheImageIsUsedAndNoneIsMade() throws IOException {
        Path project = MavenBuild.project("quickstart").directory();
        // Of other bytes than those of an earlier run of this test.
        Path source = source(MavenBuild.again(project));
        String greeting = "Hello " + UUID.randomUUID() + ", ";
        Files.writeString(source, Files.readString(source).replace("Hello, ", greeting));

        assertThat(invokeWithArchive(project, greeting).log()).doesNotContain("AppCDS archive");
        withArchive(project).succeed();
        assertThat(invokeWithArchive(project, greeting).log())
                .contains("Added: AppCDS archive of an earlier build: asked for by startup.mode");
    }

    private static MavenResult invokeWithArchive(Path project, String greeting) {
        MavenResult result = withArchive(project)
                .goals(INVOKE)
                .property("lambda-container.event", "{\"name\":\"Ada\"}")
                .succeed();
        assertThat(result.log().lines()).contains("\"" + greeting + "Ada!\"");
        return result;
    }

    private static MavenBuild withArchive(Path project) {
        return MavenBuild.again(project).from("scratch").property("lambda-container.startup.mode", "cds");
    }

    @Test
    void aHandlerThatThrowsFailsTheBuildWithItsTrace() throws IOException {
        MavenResult result = project("throw new IllegalStateException(\"on purpose\");")
                .goals(INVOKE)
                .fail();
        assertThat(result.failure())
                .startsWith("The function failed: java.lang.IllegalStateException: on purpose\n"
                        + "    at com.example.quickstart.Hello.handleRequest(Hello.java:")
                .endsWith("\n  Setting: <invoke><event> (-Dlambda-container.invoke.event)"
                        + "\n  Next: Mend the function, or send another event.");
        assertNothingIsLeft(result.target());
    }

    @Test
    void aHandlerThatThrowsInItsConstructor() throws IOException {
        MavenBuild build = project("return \"\";");
        addConstructor(build, "throw new IllegalStateException(\"no table\");");
        MavenResult result = build.goals(INVOKE).fail();
        assertThat(result.failure()).startsWith("The function failed: java.lang.IllegalStateException: no table\n");
        assertNothingIsLeft(result.target());
    }

    @Test
    void aHandlerThatEndsTheJvm() throws IOException {
        MavenResult result =
                project("System.exit(3); return null;").goals(INVOKE).fail();
        assertThat(result.failure())
                .isEqualTo("The function failed: Runtime.ExitError: Runtime exited with error: exit status 3"
                        + "\n  Setting: <invoke><memory> (-Dlambda-container.invoke.memory)"
                        + "\n  Next: See its log above; it may need more memory.");
        assertThat(result.log().lines()).anyMatch(line -> line.matches("\\[INFO] \\| " + REPORT));
        assertNothingIsLeft(result.target());
    }

    @Test
    void theEventIsReadFromStandardInput() {
        MavenResult result = MavenBuild.project("quickstart")
                .from(Base.AWS_JAVA_17)
                .goals("-q", INVOKE)
                .property("lambda-container.event", "-")
                .input("{\"name\":\"Ada\"}\n")
                .succeed();
        assertThat(result.log().strip()).isEqualTo("\"Hello, Ada!\"");
    }

    @Test
    void theEventIsOneOfThoseOfTheTrainingRun() throws IOException {
        MavenBuild build = MavenBuild.project("quickstart").from(Base.AWS_JAVA_17);
        Path events = Files.createDirectories(build.directory().resolve("samples"));
        Files.writeString(events.resolve("ada.json"), "{\"name\":\"Ada\"}");
        MavenResult result = build.goals("-q", INVOKE)
                .property("lambda-container.startup.events", "samples")
                .property("lambda-container.event", "ada")
                .succeed();
        assertThat(result.log().strip()).isEqualTo("\"Hello, Ada!\"");
    }

    @Test
    void anEventThatIsNotThere() {
        MavenBuild build = MavenBuild.project("quickstart");
        MavenResult result = build.goals(INVOKE)
                .property("lambda-container.event", "evnt.json")
                .fail();
        assertThat(result.failure())
                .isEqualTo("There is no event 'evnt.json': no such file below '" + build.directory() + "' or '"
                        + build.directory().resolve("src/lambda/events") + "', and not JSON."
                        + "\n  Setting: <invoke><event> (-Dlambda-container.invoke.event)"
                        + "\n  Next: Name a file, write JSON, read standard input with '-', or take one of the samples: alb,"
                        + " apigw-v1, apigw-v2, dynamodb, eventbridge, function-url, kinesis, s3, sns, sqs (each behind"
                        + " 'sample:').");
    }

    @Test
    void modulesWithoutAHandlerAreSkippedAndTheirClassesAreInTheFunction() throws IOException {
        MavenBuild build = MavenBuild.project("multi-module").from(Base.AWS_JAVA_17);
        MavenResult result = build.goals(INVOKE)
                .argument("-pl")
                .argument("function")
                .argument("-am")
                .property("lambda-container.event", Function.MULTI_MODULE.event)
                .succeed();
        List<String> lines = result.log().lines().toList();
        assertThat(lines)
                .containsOnlyOnce("[INFO] Skipped: packaging pom has no function.")
                .containsOnlyOnce("[INFO] Skipped: no handler in this module.");
        Function.MULTI_MODULE.assertResponse(lines.get(lines.indexOf("[INFO] Response:") + 1));
        assertNothingIsLeft(build.directory().resolve("function/target"));
    }

    @Test
    void aHandlerThatNeverReturns() throws IOException {
        MavenResult result = project("while (true) { Thread.onSpinWait(); }")
                .goals(INVOKE)
                .property("lambda-container.invoke.timeout", "2")
                .fail();
        assertThat(result.failure())
                .matches("(?s)The function failed: Sandbox.Timedout: RequestId: [0-9a-f-]{36} Error: Task timed out"
                        + " after 2.00 seconds\n"
                        + "  Setting: <invoke><timeout> \\(-Dlambda-container.invoke.timeout\\)\n"
                        + "  Next: Give it more time, or see what it waits for.");
        assertNothingIsLeft(result.target());
    }

    @Test
    void settingsThatAreNoNumbers() {
        MavenResult result = MavenBuild.project("quickstart")
                .goals(INVOKE)
                .property("lambda-container.invoke.memory", "64")
                .property("lambda-container.invoke.timeout", "soon")
                .fail();
        assertThat(result.failure())
                .isEqualTo("2 problems keep the image from being built:"
                        + "\n- '64' is not a number of megabytes from 128 to 10240."
                        + "\n  Setting: <invoke><memory> (-Dlambda-container.invoke.memory)"
                        + "\n  Next: Give a whole number between the two, or leave the setting out."
                        + "\n- 'soon' is not a number of seconds from 1 to 900."
                        + "\n  Setting: <invoke><timeout> (-Dlambda-container.invoke.timeout)"
                        + "\n  Next: Give a whole number between the two, or leave the setting out.");
    }

    @Test
    void aPortThatIsNamedAndTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MavenResult result = MavenBuild.project("quickstart")
                    .from(Base.AWS_JAVA_17)
                    .goals(SERVE)
                    .property("lambda-container.serve.port", Integer.toString(taken.getLocalPort()))
                    .fail();
            assertThat(result.failure())
                    .startsWith("Port " + taken.getLocalPort() + " cannot be opened on this machine: ")
                    .endsWith("\n  Setting: <serve><port> (-Dlambda-container.serve.port)"
                            + "\n  Next: End what listens there, name another port, or leave the setting out to take a"
                            + " free one.");
            assertNothingIsLeft(result.target());
        }
    }

    /** The quickstart with another body of its handler. */
    private static MavenBuild project(String body) throws IOException {
        MavenBuild build = MavenBuild.project("quickstart").from(Base.AWS_JAVA_17);
        Path source = source(build);
        String text = Files.readString(source);
        int start = text.indexOf('{', text.indexOf("handleRequest("));
        Files.writeString(source, text.substring(0, start) + "{ " + body + " } }\n");
        return build;
    }

    private static void addConstructor(MavenBuild build, String body) throws IOException {
        Path source = source(build);
        String text = Files.readString(source);
        int start = text.indexOf('{', text.indexOf("class Hello")) + 1;
        Files.writeString(
                source,
                text.substring(0, start) + " public Hello() { if (true) " + body + " } " + text.substring(start));
    }

    static Path source(MavenBuild build) {
        return build.directory().resolve("src/main/java/com/example/quickstart/Hello.java");
    }

    /** No file of a run, and no process of one, be it in a namespace. */
    static void assertNothingIsLeft(Path target) throws IOException {
        Path work = target.resolve("lambda-container-work");
        if (Files.isDirectory(work)) {
            try (Stream<Path> files = Files.list(work)) {
                assertThat(files.filter(file -> file.getFileName().toString().contains("run-")))
                        .isEmpty();
            }
        }
        assertThat(RunningProcesses.with(work.toString())).isEmpty();
    }
}
