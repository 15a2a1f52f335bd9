package io.github.lambdacontainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.base.BaseInterfaceClient;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.image.ContainerConfig;
import io.github.lambdacontainer.plan.Examples.Case;
import io.github.lambdacontainer.project.ExtraFile;
import io.github.lambdacontainer.project.ProjectFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is planned on each kind of base. */
class PlannerTest {

    private static final String JNI =
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=/var/runtime/lib/jni/";
    private static final String CRAC = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";
    private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String CLIENT_JARS =
            "/var/runtime/lib/aws-lambda-java-runtime-interface-client-2.9.0-linux-x86_64.jar"
                    + ":/var/runtime/lib/aws-lambda-java-core-1.4.0.jar:/var/runtime/lib/aws-lambda-java-serialization-1.2.0.jar";
    private static final String PROJECT_JARS =
            "/var/task/:/var/task/lib/store-1.0.jar:/var/task/lib/model-2.0-SNAPSHOT.jar:/var/task/lib/common-1.0.jar";

    @Test
    void awsJavaBaseKeepsItsEntrypointAndGetsClassesAndJars() {
        ImagePlan image = Examples.awsJava().image();

        assertThat(image.config())
                .isEqualTo(new ContainerConfig(
                        Optional.empty(),
                        List.of("com.acme.App::handle"),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Examples.CREATED));
        assertThat(text(image.layers()))
                .containsExactly(
                        "dependencies: /var/task/lib/store-1.0.jar 644",
                        "snapshot dependencies: /var/task/lib/model-2.0-SNAPSHOT.jar 644",
                        "project dependencies: /var/task/lib/common-1.0.jar 644",
                        "resources: /var/task/app.properties 644",
                        "classes: /var/task/com/acme/App.class 644",
                        "extra files: /opt/extra.sh 755");
        assertThat(image.java()).isEqualTo(21);
        assertThat(image.javaRuntime()).isEmpty();
        assertThat(image.cLibrary()).isFalse();
        assertThat(image.added()).isEmpty();
        assertThat(image.warnings()).isEmpty();
    }

    @Test
    void osOnlyBaseGetsJavaInterfaceClientAndEntrypoint() {
        ImagePlan image = Examples.osOnly().image();

        assertThat(image.config().entrypoint())
                .contains(List.of(
                        "/var/lang/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-XX:MaxRAMPercentage=85.0",
                        "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        CRAC,
                        JNI + "libaws-lambda-jni.linux-x86_64.so",
                        "@/var/runtime/classpath",
                        MAIN));
        assertThat(image.config().cmd()).containsExactly("com.acme.App::handle");
        assertThat(image.config().workingDirectory()).contains("/var/task");
        assertThat(image.config().environment()).isEmpty();
        assertThat(text(image.layers()))
                .containsExactly(
                        "interface client: "
                                + "/var/runtime/lib/aws-lambda-java-runtime-interface-client-2.9.0-linux-x86_64.jar 644"
                                + ", /var/runtime/lib/aws-lambda-java-core-1.4.0.jar 644"
                                + ", /var/runtime/lib/aws-lambda-java-serialization-1.2.0.jar 644"
                                + ", /var/runtime/lib/jni/libaws-lambda-jni.linux-x86_64.so 644",
                        "dependencies: /var/task/lib/store-1.0.jar 644",
                        "snapshot dependencies: /var/task/lib/model-2.0-SNAPSHOT.jar 644",
                        "project dependencies: /var/task/lib/common-1.0.jar 644",
                        "resources: /var/task/app.properties 644",
                        "classes: /var/task/com/acme/App.class 644, /var/runtime/classpath 644",
                        "extra files: /opt/extra.sh 755");
        assertThat(file(image, "/var/runtime/classpath").content())
                .isEqualTo(new Content.Text("\"-cp\"\n\"" + CLIENT_JARS + ":" + PROJECT_JARS + "\"\n"));
        assertThat(file(image, "/var/runtime/lib/jni/libaws-lambda-jni.linux-x86_64.so")
                        .content())
                .isEqualTo(new Content.InJar(Examples.client().get(0).path(), "jni/libaws-lambda-jni.linux-x86_64.so"));
        assertThat(image.javaRuntime())
                .contains(new JavaRuntimePlan(
                        Examples.jdk(21, new CLibrary.Glibc("2.17")),
                        "/var/lang",
                        List.of(
                                Path.of(
                                        "/m2/com.amazonaws/aws-lambda-java-runtime-interface-client-2.9.0-linux-x86_64.jar"),
                                Path.of("/m2/com.amazonaws/aws-lambda-java-core-1.4.0.jar"),
                                Path.of("/m2/com.amazonaws/aws-lambda-java-serialization-1.2.0.jar"),
                                Path.of("/p/target/classes"),
                                Path.of("/m2/com.acme/store-1.0.jar"),
                                Path.of("/m2/com.acme/model-2.0-SNAPSHOT.jar"),
                                Path.of("/m2/com.acme/common-1.0.jar")),
                        List.of()));
        assertThat(image.java()).isEqualTo(21);
        assertThat(image.added())
                .containsExactly(
                        "Java 21 runtime linked from the JDK at /jdk: the base has none",
                        "runtime interface client 2.9.0: the base has none");
    }

    @Test
    void baseWithJavaKeepsItsJava() {
        ImagePlan image = Examples.withJava(11).image();

        assertThat(image.config().entrypoint())
                .contains(List.of(
                        "/opt/java/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-XX:MaxRAMPercentage=85.0",
                        "--add-opens=java.base/java.io=ALL-UNNAMED",
                        CRAC,
                        JNI + "libaws-lambda-jni.linux-x86_64.so",
                        "@/var/runtime/classpath",
                        MAIN));
        assertThat(image.javaRuntime()).isEmpty();
        assertThat(image.added()).containsExactly("runtime interface client 2.9.0: the base has none");
    }

    @Test
    void java8GetsTheClassPathOnItsCommandLine() {
        ImagePlan image = Examples.withJava(8).image();

        assertThat(image.config().entrypoint())
                .contains(List.of(
                        "/opt/java/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-XX:MaxRAMPercentage=85.0",
                        CRAC,
                        JNI + "libaws-lambda-jni.linux-x86_64.so",
                        "-cp",
                        CLIENT_JARS + ":" + PROJECT_JARS,
                        MAIN));
        assertThat(text(image.layers())).contains("classes: /var/task/com/acme/App.class 644");
    }

    @Test
    void baseWithoutJavaGetsALinkedRuntime() {
        ImagePlan image = Examples.withoutJava().image();

        assertThat(image.config().entrypoint().orElseThrow().get(0)).isEqualTo("/var/lang/bin/java");
        assertThat(image.javaRuntime()).isPresent();
        assertThat(image.cLibrary()).isFalse();
    }

    @Test
    void scratchGetsTheCLibraryTooAndALocale() {
        ImagePlan image = Examples.scratch().image();

        assertThat(image.cLibrary()).isTrue();
        assertThat(image.javaRuntime()).isPresent();
        assertThat(image.config().environment()).isEqualTo(Map.of("LANG", "C.UTF-8"));
        assertThat(image.added())
                .containsExactly(
                        "C library of the build machine: scratch has none",
                        "Java 21 runtime linked from the JDK at /jdk: the base has none",
                        "runtime interface client 2.9.0: the base has none",
                        "environment variable LANG=C.UTF-8: the base sets no locale");
    }

    @Test
    void packagedModePutsTheProjectsJarBesideItsDependencies() {
        Case packaged = Examples.withJava(17);
        packaged.mode = Settings.ContainerizingMode.PACKAGED;
        ImagePlan image = packaged.image();

        assertThat(text(image.layers()))
                .contains("jar: /var/task/lib/app-1.0.jar 644, /var/runtime/classpath 644")
                .noneMatch(layer -> layer.startsWith("resources") || layer.startsWith("classes"));
        assertThat(file(image, "/var/runtime/classpath").content())
                .isEqualTo(new Content.Text("\"-cp\"\n\"" + CLIENT_JARS + ":"
                        + PROJECT_JARS.replace("/var/task/:", "/var/task/lib/app-1.0.jar:") + "\"\n"));
    }

    @Test
    void interfaceClientOfAnotherBaseIsUsedWhereItStands() {
        Case company = Examples.withJava(17);
        company.base = Examples.withClient(
                company.base, new BaseInterfaceClient(List.of("/opt/ric/client.jar"), Optional.of("/opt/ric/jni.so")));
        company.client = List.of();
        ImagePlan image = company.image();

        assertThat(image.config().entrypoint().orElseThrow())
                .contains(
                        "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=/opt/ric/jni.so");
        assertThat(file(image, "/var/runtime/classpath").content())
                .isEqualTo(new Content.Text("\"-cp\"\n\"/opt/ric/client.jar:" + PROJECT_JARS + "\"\n"));
        assertThat(text(image.layers())).noneMatch(layer -> layer.startsWith("interface client"));
        assertThat(image.added()).isEmpty();
    }

    @Test
    void unknownCLibraryLeavesTheClientToUnpackItsOwnLibrary() {
        Case unknown = Examples.withJava(17);
        unknown.base = Examples.with(unknown.base, new CLibrary.None(), false);
        unknown.client = List.of(Examples.clientJar("2.9.0", ""));
        ImagePlan image = unknown.image();

        assertThat(image.config().entrypoint().orElseThrow()).noneMatch(flag -> flag.contains("NativeClient"));
        assertThat(text(image.layers()))
                .contains("interface client:"
                        + " /var/runtime/lib/aws-lambda-java-runtime-interface-client-2.9.0.jar 644");
    }

    @Test
    void workingDirectoryOfAnAwsJavaBaseIsSetWhereItWasChanged() {
        Case moved = Examples.awsJava();
        moved.base = Examples.withConfig(moved.base, Map.of(), Optional.of("/app"));

        assertThat(moved.image().config().workingDirectory()).contains("/var/task");
    }

    @Test
    void pathOfJavaInTheBaseCanBeNamed() {
        Case named = Examples.withJava(17);
        named.fromJava = Optional.of("/usr/lib/jvm/jre/bin/java");

        assertThat(named.image().config().entrypoint().orElseThrow().get(0)).isEqualTo("/usr/lib/jvm/jre/bin/java");
    }

    @Test
    void javaIsLinkedForABaseWithJavaWhenAskedFor() {
        Case linked = Examples.withJava(17);
        linked.java = Settings.JavaSource.JLINK;
        ImagePlan image = linked.image();

        assertThat(image.java()).isEqualTo(21);
        assertThat(image.config().entrypoint().orElseThrow().get(0)).isEqualTo("/var/lang/bin/java");
        assertThat(image.added()).startsWith("Java 21 runtime linked from the JDK at /jdk: asked for by runtime.java");
    }

    @Test
    void linkedJavaDoesNotMixWithTheBasesInOneDirectory() {
        Case linked = Examples.withJava(17);
        linked.base = Examples.withJavaAt(linked.base, "/var/lang/bin/java");
        linked.java = Settings.JavaSource.JLINK;
        ImagePlan image = linked.image();

        assertThat(image.javaRuntime()).map(JavaRuntimePlan::target).contains("/var/runtime/java");
        assertThat(image.config().entrypoint().orElseThrow().get(0)).isEqualTo("/var/runtime/java/bin/java");
    }

    @Test
    void linkedJavaGoesWhereALinkOfTheBaseLeads() {
        Case linked = Examples.withoutJava();
        linked.base = Examples.withTree(linked.base, Map.of("/var", "/data/var"), Map.of());

        assertThat(linked.image().javaRuntime()).map(JavaRuntimePlan::target).contains("/data/var/lang");
    }

    @Test
    void linkedJavaGetsTheModulesOfAnInterfaceClientThatItCannotSee() {
        Case linked = Examples.withoutJava();
        linked.base = Examples.withClient(linked.base, Examples.awsClient());
        linked.client = List.of();

        assertThat(linked.image().javaRuntime())
                .map(JavaRuntimePlan::modules)
                .contains(List.of("java.base", "java.desktop", "java.sql", "jdk.unsupported"));
    }

    @Test
    void linkedJavaIsForTheJarInPackagedMode() {
        Case linked = Examples.withoutJava();
        linked.mode = Settings.ContainerizingMode.PACKAGED;

        assertThat(linked.image().javaRuntime().orElseThrow().classPath())
                .contains(Path.of("/p/target/app-1.0.jar"))
                .doesNotContain(Path.of("/p/target/classes"));
    }

    @Test
    void jarsOfTheSameNameStandBesideEachOther() {
        Case same = Examples.awsJava();
        same.mode = Settings.ContainerizingMode.PACKAGED;
        same.project = Examples.project(List.of(
                Examples.release("com.acme", "util", "1.0"),
                Examples.release("org.other", "util", "1.0"),
                Examples.release("com.acme", "app", "1.0")));

        assertThat(text(same.image().layers()))
                .contains(
                        "dependencies: /var/task/lib/util-1.0.jar 644, /var/task/lib/org.other-util-1.0.jar 644,"
                                + " /var/task/lib/com.acme-app-1.0.jar 644",
                        "jar: /var/task/lib/app-1.0.jar 644");
    }

    @Test
    void emptyLayersAreLeftOut() {
        Case small = Examples.awsJava();
        ProjectFacts project = Examples.project(List.of());
        small.project = new ProjectFacts(
                project.classes(),
                List.of(),
                project.jar(),
                List.of(),
                List.of(),
                project.handler(),
                project.newestClass(),
                List.of(),
                List.of());

        assertThat(text(small.image().layers())).containsExactly("classes: /var/task/com/acme/App.class 644");
    }

    @Test
    void extraFilesMayReplaceThoseOfOtherLayers() {
        Case replaced = Examples.awsJava();
        ProjectFacts project = Examples.project(List.of());
        replaced.project = new ProjectFacts(
                project.classes(),
                project.resources(),
                project.jar(),
                List.of(),
                List.of(new ExtraFile("/var/task/app.properties", Path.of("/p/extra/app.properties"), 0600)),
                project.handler(),
                project.newestClass(),
                List.of(),
                List.of());

        assertThat(text(replaced.image().layers()))
                .contains("resources: /var/task/app.properties 644", "extra files: /var/task/app.properties 600");
    }

    static LayerEntry.File file(ImagePlan image, String target) {
        return image.layers().stream()
                .flatMap(layer -> layer.entries().stream())
                .filter(entry -> entry.target().equals(target))
                .map(LayerEntry.File.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Each layer as a line: name, then targets with their octal modes. */
    static List<String> text(List<LayerPlan> layers) {
        return layers.stream()
                .map(layer -> layer.name() + ": "
                        + String.join(
                                ", ",
                                layer.entries().stream()
                                        .map(entry -> entry.target() + " " + Integer.toOctalString(entry.mode()))
                                        .toList()))
                .toList();
    }
}
