package io.github.lambdacontainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.plan.Examples.Case;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JVM flags and environment variables on the two ways a function is started. */
class LaunchTest {

    @Test
    void flagsOfTheUserComeAfterOursAndBeforeTheClassPath() {
        Case flags = Examples.withJava(17);
        flags.jvmFlags = List.of("-Xmx256m", "-Dgreeting=hello world");

        assertThat(entrypoint(flags))
                .containsSubsequence(
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                        "-Xmx256m",
                        "-Dgreeting=hello world",
                        "@/var/runtime/classpath");
    }

    @Test
    void valuesAreJoinedToTheirFlags() {
        Case flags = Examples.withJava(17);
        flags.jvmFlags = List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED", "-p", "/mods");

        assertThat(entrypoint(flags))
                .contains("--add-opens=java.base/java.lang=ALL-UNNAMED", "--module-path=/mods")
                .doesNotContain("--add-opens", "-p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseZGC", "-XX:+UseParallelGC", "-XX:+UseSerialGC"})
    void ourCollectorGivesWayToTheUsers(String collector) {
        Case flags = Examples.withJava(17);
        flags.jvmFlags = List.of(collector);

        assertThat(entrypoint(flags)).filteredOn(flag -> flag.endsWith("GC")).containsExactly(collector);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void ourCollectorGivesWayToOneInTheEnvironmentOfTheBase(String variable) {
        Case flags = Examples.withJava(17);
        flags.base = Examples.withConfig(flags.base, Map.of(variable, "-Xss1m -XX:+UseZGC"), Optional.empty());

        assertThat(entrypoint(flags)).noneMatch(flag -> flag.endsWith("GC"));
    }

    @Test
    void awsJavaBaseGetsFlagsThroughTheEnvironment() {
        Case flags = Examples.awsJava();
        flags.jvmFlags = List.of("-Da=b c", "-Dq=\"x\" 'y'", "-Xss1m");

        assertThat(flags.image().config().environment()).isEqualTo(Map.of("JAVA_TOOL_OPTIONS", """
                        "-Da=b c" "-Dq="'"'"x"'"'" 'y'" -Xss1m"""));
        assertThat(flags.image().config().entrypoint()).isEmpty();
    }

    @Test
    void awsJavaBaseKeepsTheToolOptionsThatItHas() {
        Case flags = Examples.awsJava();
        flags.base = Examples.withConfig(flags.base, Map.of("JAVA_TOOL_OPTIONS", "-Dbase=1"), Optional.of("/var/task"));
        flags.jvmFlags = List.of("-Dmine=2");

        assertThat(flags.image().config().environment()).isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-Dbase=1 -Dmine=2"));
    }

    @Test
    void toolOptionsOfTheUserReplaceThoseOfTheBaseAndKeepTheFlags() {
        Case flags = Examples.awsJava();
        flags.base = Examples.withConfig(flags.base, Map.of("JAVA_TOOL_OPTIONS", "-Dbase=1"), Optional.of("/var/task"));
        flags.environment = Map.of("JAVA_TOOL_OPTIONS", "-Denv=1");
        flags.jvmFlags = List.of("-Dmine=2");

        assertThat(flags.image().config().environment()).isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-Denv=1 -Dmine=2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx1g",
                "-XX:MaxHeapSize=1g",
                "-XX:MaxRAMPercentage=70",
                "-Xshare:off",
                "-XX:SharedArchiveFile=/a.jsa",
                "-XX:TieredStopAtLevel=4",
                "-XX:-TieredCompilation"
            })
    void flagsThatTheAwsBootstrapBeatsAreTold(String flag) {
        Case flags = Examples.awsJava();
        flags.jvmFlags = List.of(flag);

        assertThat(flags.image().warnings())
                .containsExactly("The JVM flag " + flag + " has no effect on an AWS base image for Java: the command"
                        + " line of its bootstrap sets this itself. To use it, choose an OS-only base such as"
                        + " public.ecr.aws/lambda/provided:al2023, where the flag counts.");
    }

    @Test
    void theSameFlagsAreFineOnOtherBases() {
        Case flags = Examples.withJava(17);
        flags.jvmFlags = List.of("-Xmx1g", "-Xshare:off", "@/opt/flags");

        assertThat(flags.image().warnings()).isEmpty();
    }

    @Test
    void variablesThatLambdaSetsAreTold() {
        Case reserved = Examples.awsJava();
        reserved.environment = Map.of("AWS_REGION", "eu-west-1", "STAGE", "test", "_HANDLER", "x");

        assertThat(reserved.image().warnings())
                .containsExactly(
                        "The environment variable AWS_REGION has no effect on Lambda, which sets it itself.",
                        "The environment variable _HANDLER has no effect on Lambda, which sets it itself.");
        assertThat(reserved.image().config().environment()).containsKeys("AWS_REGION", "STAGE", "_HANDLER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LANG", "LC_ALL", "LC_CTYPE"})
    void aLocaleThatIsChosenIsKept(String variable) {
        Case chosen = Examples.scratch();
        chosen.environment = Map.of(variable, "de_DE.UTF-8");

        assertThat(chosen.image().config().environment()).isEqualTo(Map.of(variable, "de_DE.UTF-8"));
    }

    private static List<String> entrypoint(Case example) {
        return example.image().config().entrypoint().orElseThrow();
    }
}
