package io.github.lambdacontainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which startup archive is possible, and what an image with one looks like. */
class StartupChoiceTest {

    private static final String INITIAL_HEAP = "-XX:InitialRAMPercentage=20.0";

    private static Examples.Case linked(int feature, StartupSettings.Mode mode) {
        Examples.Case example = Examples.osOnly();
        example.jdk = Optional.of(Examples.jdk(feature, new CLibrary.Glibc("2.17")));
        example.startup = Examples.startup(mode);
        return example;
    }

    private static StartupSettings on(StartupSettings.Mode mode, String system, Optional<Architecture> architecture) {
        return new StartupSettings(
                mode,
                false,
                Optional.empty(),
                Map.of(),
                Duration.ofSeconds(60),
                new BuildMachine(system, architecture));
    }

    @Test
    void autoTakesTheBestThatTheJavaKnows() {
        assertThat(linked(25, StartupSettings.Mode.AUTO).image().startup().map(StartupPlan::kind))
                .contains(ArchiveKind.AOT);
        assertThat(linked(21, StartupSettings.Mode.AUTO).image().startup().map(StartupPlan::kind))
                .contains(ArchiveKind.CDS);
        assertThat(linked(25, StartupSettings.Mode.CDS).image().startup().map(StartupPlan::kind))
                .contains(ArchiveKind.CDS);
        assertThat(linked(25, StartupSettings.Mode.NONE).image().startup()).isEmpty();
    }

    @Test
    void theClassesBecomeAJar() {
        ImagePlan image = linked(21, StartupSettings.Mode.CDS).image();

        LayerPlan classes = image.layers().stream()
                .filter(layer -> layer.name().equals("jar"))
                .findFirst()
                .orElseThrow();
        assertThat(image.layers()).extracting(LayerPlan::name).doesNotContain("classes", "resources");
        assertThat(classes.entries())
                .contains(new LayerEntry.File(
                        "/var/task/lib/function.jar",
                        new Content.Jar(List.of(
                                new Content.Jar.Entry("app.properties", Path.of("/p/target/classes/app.properties")),
                                new Content.Jar.Entry(
                                        "com/acme/App.class", Path.of("/p/target/classes/com/acme/App.class")))),
                        0644));
        assertThat(image.layers())
                .flatExtracting(LayerPlan::entries)
                .filteredOn(entry -> entry.target().equals("/var/runtime/classpath"))
                .first()
                .asString()
                .contains(":/var/task/lib/function.jar:/var/task/lib/store-1.0.jar");
        assertThat(image.javaRuntime().orElseThrow().classPath()).contains(Path.of("/p/target/classes"));
    }

    @Test
    void theFlagsOfTheArchiveComeAfterTheUsers() {
        Examples.Case example = linked(25, StartupSettings.Mode.AOT);
        example.jvmFlags = List.of("-Xss1m");
        StartupPlan startup = example.image().startup().orElseThrow();

        assertThat(startup.entrypoint())
                .containsSubsequence("/var/lang/bin/java", "-Xss1m", "-XX:AOTCache=/var/runtime/startup.aot")
                .endsWith("@/var/runtime/classpath", "com.amazonaws.services.lambda.runtime.api.client.AWSLambda")
                .doesNotContain("-Xshare:auto");
        assertThat(example.image().config().entrypoint().orElseThrow())
                .contains("-Xshare:auto")
                .noneMatch(flag -> flag.startsWith("-XX:AOT"));
    }

    @Test
    void anAotCacheNeedsJava25() {
        assertThat(linked(21, StartupSettings.Mode.AOT).problems())
                .extracting(problem -> problem.text())
                .containsExactly("No startup archive can be made: the image's Java is 21, and it needs Java 25 or"
                        + " newer.\n"
                        + "  Setting: <startup><mode> (-Dlambda-container.startup.mode)\n"
                        + "  Next: Set it to auto, which makes one wherever that is possible, or to none.");
    }

    @Test
    void autoPassesOverWhatIsNotPossible() {
        ImagePlan old = linked(11, StartupSettings.Mode.AUTO).image();

        assertThat(old.startup()).isEmpty();
        assertThat(old.warnings())
                .contains("No startup archive is made: the image's Java is 11, and it needs Java 13 or newer.");
        assertThat(old.layers()).extracting(LayerPlan::name).contains("classes");
    }

    @Test
    void anotherArchitectureOrSystemCannotTrain() {
        Examples.Case arm = linked(21, StartupSettings.Mode.CDS);
        arm.startup = on(StartupSettings.Mode.CDS, "Linux", Optional.of(Architecture.ARM64));
        assertThat(arm.problems())
                .extracting(problem -> problem.what())
                .containsExactly("No startup archive can be made: it is trained with the image's own Java, and this"
                        + " machine (Linux on arm64) does not run programs for Linux on x86_64.");

        Examples.Case mac = linked(21, StartupSettings.Mode.AUTO);
        mac.startup = on(StartupSettings.Mode.AUTO, "Mac OS X", Optional.of(Architecture.X86_64));
        assertThat(mac.image().warnings())
                .contains("No startup archive is made: it is trained with the image's own Java, and this machine (Mac"
                        + " OS X on x86_64) does not run programs for Linux on x86_64.");
    }

    @ParameterizedTest
    @CsvSource({
        "Mac OS X, X86_64, 21, 'it is trained with the image''s own Java, and this machine (Mac OS X on x86_64) does"
                + " not run programs for Linux on x86_64'",
        "Linux, ARM64, 21, 'it is trained with the image''s own Java, and this machine (Linux on arm64) does not run"
                + " programs for Linux on x86_64'",
        "Linux, X86_64, 11, 'the image''s Java is 11, and it needs Java 13 or newer'"
    })
    void whatIsRequiredIsNotPassedOver(String system, Architecture machine, int java, String reason) {
        Examples.Case example = linked(java, StartupSettings.Mode.AUTO);
        example.startup = new StartupSettings(
                StartupSettings.Mode.AUTO,
                true,
                Optional.empty(),
                Map.of(),
                Duration.ofSeconds(60),
                new BuildMachine(system, Optional.of(machine)));
        assertThat(example.problems())
                .extracting(Problem::text)
                .containsExactly("No startup archive can be made: " + reason + ".\n"
                        + "  Setting: <startup><required> (-Dlambda-container.startup.required)\n"
                        + "  Next: Set it to false, which lets the build go on without one, or startup.mode to none.");
    }

    @Test
    void aFlagForAnotherArchiveIsAProblem() {
        Examples.Case example = linked(21, StartupSettings.Mode.CDS);
        example.jvmFlags = List.of("-Xshare:off");

        assertThat(example.problems())
                .extracting(problem -> problem.text())
                .containsExactly("The JVM flag -Xshare:off and a startup archive exclude each other.\n"
                        + "  Setting: <container><jvmFlags> (-Dlambda-container.container.jvmFlags)\n"
                        + "  Next: Remove the flag, or set startup.mode to none.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVariableWithAFlagForAnotherArchiveIsAProblem(boolean ofBase) {
        Map<String, String> variables = Map.of("JAVA_TOOL_OPTIONS", "-Xss1m -XX:AOTMode=off");
        Examples.Case example = linked(25, StartupSettings.Mode.AUTO);
        if (ofBase) {
            example.base = Examples.withConfig(example.base, variables, Optional.of("/var/task"));
        } else {
            example.environment = variables;
        }
        assertThat(example.problems())
                .extracting(Problem::text)
                .containsExactly("The JVM flag -XX:AOTMode=off, which a variable of the image has, and a startup"
                        + " archive exclude each other.\n"
                        + "  Setting: <container><environment> (-Dlambda-container.container.environment)\n"
                        + "  Next: Give the variable without the flag, or set startup.mode to none.");

        example.startup = Examples.startup(StartupSettings.Mode.NONE);
        assertThat(example.problems()).isEmpty();
    }

    @Test
    void aVariableWithTheJvmsOwnDefaultIsNone() {
        Examples.Case example = linked(21, StartupSettings.Mode.CDS);
        example.environment = Map.of("JAVA_TOOL_OPTIONS", "-Xshare:auto");
        assertThat(example.image().startup()).isPresent();
    }

    @Test
    void withoutTheBootstrapOnlyWhatTheCommandLineSetsHasNoEffect() {
        Examples.Case example = Examples.awsJava();
        example.startup = Examples.startup(StartupSettings.Mode.CDS);
        example.jvmFlags = List.of("-Xmx256m", "-XX:TieredStopAtLevel=4");
        assertThat(example.image().warnings())
                .containsExactly("The JVM flag -XX:TieredStopAtLevel=4 has no effect on an AWS base image for Java:"
                        + " with a startup archive the ENTRYPOINT sets this as the bootstrap would. To use it, choose"
                        + " an OS-only base such as public.ecr.aws/lambda/provided:al2023, where the flag counts.");
    }

    @Test
    void theHeapBeginsLargerUnlessTheUserSaysHowLarge() {
        Examples.Case example = linked(21, StartupSettings.Mode.CDS);
        assertThat(example.image().startup().orElseThrow().entrypoint()).contains(INITIAL_HEAP);

        example.jvmFlags = List.of("-Xms64m");
        assertThat(example.image().startup().orElseThrow().entrypoint())
                .contains("-Xms64m")
                .doesNotContain(INITIAL_HEAP);
        example.jvmFlags = List.of("-XX:InitialRAMPercentage=5");
        assertThat(example.image().startup().orElseThrow().entrypoint())
                .contains("-XX:InitialRAMPercentage=5")
                .doesNotContain(INITIAL_HEAP);
    }

    @Test
    void theHeapBeginsAsAVariableSays() {
        Examples.Case variable = linked(21, StartupSettings.Mode.CDS);
        variable.environment = Map.of("JAVA_TOOL_OPTIONS", "-Dx=y -XX:InitialHeapSize=64m");
        assertThat(variable.image().startup().orElseThrow().entrypoint()).doesNotContain(INITIAL_HEAP);

        Examples.Case aws = Examples.awsJava();
        aws.startup = Examples.startup(StartupSettings.Mode.CDS);
        aws.jvmFlags = List.of("-Xms64m");
        assertThat(aws.image().startup().orElseThrow().entrypoint()).doesNotContain(INITIAL_HEAP);
        assertThat(aws.image().config().environment()).containsEntry("JAVA_TOOL_OPTIONS", "-Xms64m");
    }

    @Test
    void theJavaOfTheBaseTrainsToo() {
        Examples.Case example = Examples.withJava(21);
        example.startup = Examples.startup(StartupSettings.Mode.AUTO);

        assertThat(example.image().startup().orElseThrow().entrypoint())
                .startsWith("/opt/java/bin/java")
                .contains("-XX:SharedArchiveFile=/var/runtime/startup.jsa");
    }

    @Test
    void onTheAwsBaseForJavaACommandLineTakesThePlaceOfTheBootstrap() {
        Examples.Case example = Examples.awsJava();
        example.startup = Examples.startup(StartupSettings.Mode.CDS);
        example.jvmFlags = List.of("-Xss1m");
        ImagePlan image = example.image();

        assertThat(image.startup().orElseThrow().entrypoint())
                .containsExactly(
                        "/var/lang/bin/java",
                        "-XX:InitialRAMPercentage=20.0",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:MaxRAMPercentage=85.0",
                        "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                        "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                                + "/var/runtime/lib/jni/libaws-lambda-jni.linux-x86_64.so",
                        "-XX:+ErrorFileToStderr",
                        "-XX:SharedArchiveFile=/var/runtime/startup.jsa",
                        "@/var/runtime/classpath",
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
        assertThat(image.config().entrypoint()).isEmpty();
        assertThat(image.config().environment()).containsEntry("JAVA_TOOL_OPTIONS", "-Xss1m");
        assertThat(image.layers())
                .flatExtracting(LayerPlan::entries)
                .filteredOn(entry -> entry.target().equals("/var/runtime/classpath"))
                .first()
                .asString()
                .contains("/var/runtime/lib/aws-lambda-java-serialization-1.1.5.jar:/var/task/lib/function.jar:");
    }

    @Test
    void withoutAnArchiveTheAwsBaseForJavaIsAsItWas() {
        ImagePlan image = Examples.awsJava().image();

        assertThat(image.startup()).isEmpty();
        assertThat(image.layers())
                .flatExtracting(LayerPlan::entries)
                .extracting(LayerEntry::target)
                .contains("/var/task/com/acme/App.class")
                .doesNotContain("/var/runtime/classpath");
    }
}
