package io.github.lambdacontainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.base.BaseDirectory;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.plan.Examples.Case;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.ClassVersion;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ExtraFile;
import io.github.lambdacontainer.project.HandlerFinding;
import io.github.lambdacontainer.project.ProjectFacts;
import io.github.lambdacontainer.project.ProjectFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that keeps an image from being built, word by word. */
class PlannerProblemsTest {

    private static final String OTHER_BASE =
            "choose an OS-only base such as public.ecr.aws/lambda/provided:al2023, where the flag counts.";

    @Test
    void allProblemsAreToldAtOnceAndOnceEach() {
        Case bad = Examples.withoutJava();
        Problem project = Problem.of("The project is empty.", "Add a class.");
        Problem handler = Problem.of("There is no handler.", "handler", "Write one.");
        bad.project = new ProjectFacts(
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(new ExtraFile("opt/x", Path.of("/p/x"), 0644)),
                new HandlerFinding.Unusable(List.of(handler, project)),
                Optional.empty(),
                List.of(),
                List.of(project));
        bad.jdk = Optional.empty();
        bad.jvmFlags = List.of("-cp", "x");
        bad.environment = Map.of("", "v");
        bad.mode = Settings.ContainerizingMode.PACKAGED;

        assertThat(bad.problems())
                .extracting(Problem::what)
                .containsExactly(
                        "The project is empty.",
                        "There is no handler.",
                        "No JDK was found to link a Java runtime from (the base has none).",
                        "The project has no jar with its classes in it, which the packaged mode needs.",
                        "'' cannot be the name of an environment variable.",
                        "The JVM flag -cp cannot be used: the image starts the interface client with the project's own"
                                + " class path.",
                        "'x' is not a JVM flag: java would take it for the class to start.",
                        "'opt/x' cannot be a path in the image: it has to be absolute, without empty parts, '.' and"
                                + " '..'.");
    }

    @Test
    void classesNewerThanTheJavaOfTheBase() {
        Case old = Examples.awsJava();
        old.project = newest(25);

        assertThat(old.problems())
                .containsExactly(Problem.of(
                        "com.acme.App in target/classes needs Java 25, but the base public.ecr.aws/lambda/java:21 runs"
                                + " Java 21.",
                        "from.image",
                        "Choose a base with Java 25 or newer, or compile for Java 21 with maven.compiler.release; of a"
                                + " dependency, take a version built for Java 21."));
    }

    @Test
    void classesNewerThanTheJdkOfTheRuntime() {
        Case old = Examples.osOnly();
        old.project = newest(25);

        assertThat(old.problems())
                .containsExactly(Problem.of(
                        "com.acme.App in target/classes needs Java 25, but the JDK at /jdk that the Java runtime is"
                                + " linked from is Java 21.",
                        "runtime.jdk",
                        "Name a JDK 25 or newer, or compile for Java 21 with maven.compiler.release."));
    }

    @Test
    void classesAsNewAsTheJavaOfTheBaseAreFine() {
        Case same = Examples.awsJava();
        same.project = newest(21);

        assertThat(same.problems()).isEmpty();
    }

    @Test
    void classesWithPreviewFeaturesOfAnOlderJava() {
        Case old = Examples.awsJava();
        old.project = newest(new ClassVersion(17, true, "com.acme.App in target/classes"));
        old.jvmFlags = List.of("--enable-preview");

        assertThat(old.problems())
                .containsExactly(Problem.of(
                        "com.acme.App in target/classes uses preview features of Java 17, which no other Java runs, and"
                                + " the image has Java 21.",
                        "from.image",
                        "Choose exactly Java 17, or compile without --enable-preview."));
    }

    @Test
    void classesWithPreviewFeaturesWithoutTheFlag() {
        Case same = Examples.osOnly();
        same.project = newest(new ClassVersion(21, true, "com.acme.App in target/classes"));

        assertThat(same.problems())
                .containsExactly(Problem.of(
                        "com.acme.App in target/classes uses preview features of Java 21, which run only with the JVM"
                                + " flag --enable-preview.",
                        "container.jvmFlags",
                        "Add the flag, or compile without it."));
    }

    @Test
    void classesWithPreviewFeaturesRunOnTheirJavaWithTheFlag() {
        Case flag = Examples.awsJava();
        flag.project = newest(new ClassVersion(21, true, "com.acme.App in target/classes"));
        flag.jvmFlags = List.of("--enable-preview");
        Case variable = Examples.osOnly();
        variable.project = flag.project;
        variable.environment = Map.of("JAVA_TOOL_OPTIONS", "-Xss1m --enable-preview");

        assertThat(flag.problems()).isEmpty();
        assertThat(variable.problems()).isEmpty();
    }

    @Test
    void classesWithPreviewFeaturesOfANewerJavaAreToldOnce() {
        Case old = Examples.awsJava();
        old.project = newest(new ClassVersion(25, true, "com.acme.App in target/classes"));

        assertThat(old.problems()).hasSize(1);
        assertThat(old.problems().get(0).what()).startsWith("com.acme.App in target/classes needs Java 25, but");
    }

    @Test
    void javaAskedOfABaseWithoutIt() {
        Case none = Examples.withoutJava();
        none.java = Settings.JavaSource.BASE;

        assertThat(none.problems())
                .containsExactly(Problem.of(
                        "The base debian:12-slim has no Java runtime.",
                        "runtime.java",
                        "Set it to auto, which links a Java runtime from the JDK of the build, or choose a base with"
                                + " Java."));
    }

    @Test
    void javaNamedWhereTheBaseHasNone() {
        Case none = Examples.withoutJava();
        none.fromJava = Optional.of("/usr/bin/java");

        assertThat(none.problems())
                .containsExactly(Problem.of(
                        "The base debian:12-slim has no Java runtime at /usr/bin/java.",
                        "from.java",
                        "Name the absolute path of java in the base, or leave the setting out to have it found."));
    }

    @Test
    void relativePathOfJava() {
        Case relative = Examples.withJava(17);
        relative.fromJava = Optional.of("bin/java");

        assertThat(relative.problems())
                .containsExactly(Problem.of(
                        "The path of java in the base, 'bin/java', is not absolute.",
                        "from.java",
                        "Begin it with a slash, such as /usr/bin/java."));
    }

    @Test
    void javaLinkedForAnAwsJavaBase() {
        Case linked = Examples.awsJava();
        linked.java = Settings.JavaSource.JLINK;

        assertThat(linked.problems())
                .containsExactly(Problem.of(
                        "A Java runtime cannot be linked for the base public.ecr.aws/lambda/java:21: its bootstrap"
                                + " always starts its own /var/lang/bin/java.",
                        "runtime.java",
                        "Leave the setting out, or choose an OS-only base such as"
                                + " public.ecr.aws/lambda/provided:al2023."));
    }

    @Test
    void noJdkToLinkFrom() {
        Case none = Examples.osOnly();
        none.jdk = Optional.empty();

        assertThat(none.problems())
                .containsExactly(Problem.of(
                        "No JDK was found to link a Java runtime from (the base has none).",
                        "runtime.jdk",
                        "Name the home directory of a JDK for Linux, or choose a base with Java."));
    }

    @Test
    void jdkThatFitsInNoRespect() {
        Case mac = Examples.osOnly();
        mac.jdk = Optional.of(new Jdk(
                Path.of("/jdk"),
                21,
                "Darwin",
                Optional.of(Architecture.ARM64),
                new CLibrary.None(),
                Set.of(),
                Optional.of("it has no bin/jlink")));

        assertThat(mac.problems())
                .containsExactly(
                        Problem.of(
                                "No Java runtime can be linked from the JDK at /jdk: it has no bin/jlink.",
                                "runtime.jdk",
                                "Name the home directory of a JDK with bin/jlink and its modules, or choose a base with"
                                        + " Java."),
                        Problem.of(
                                "The JDK at /jdk is for Darwin; an image needs one for Linux.",
                                "runtime.jdk",
                                "Name the home directory of a JDK for Linux, or choose a base with Java such as"
                                        + " public.ecr.aws/lambda/java:21."),
                        Problem.of(
                                "The JDK at /jdk is for arm64; the image is for x86_64.",
                                "runtime.jdk",
                                "Name the home directory of a JDK for x86_64, or choose a base with Java."));
    }

    @Test
    void jdkForAnInstructionSetThatLambdaDoesNotRun() {
        Case other = Examples.osOnly();
        other.jdk = Optional.of(new Jdk(
                Path.of("/jdk"),
                21,
                "Linux",
                Optional.empty(),
                new CLibrary.Glibc("2.17"),
                Set.of(),
                Optional.empty()));

        assertThat(other.problems())
                .extracting(Problem::what)
                .containsExactly(
                        "The JDK at /jdk is for an instruction set Lambda does not run; the image is for x86_64.");
    }

    @Test
    void jdkThatNeedsANewerGlibc() {
        Case old = Examples.withoutJava();
        old.jdk = Optional.of(Examples.jdk(21, new CLibrary.Glibc("2.38")));

        assertThat(old.problems())
                .containsExactly(Problem.of(
                        "The JDK at /jdk needs glibc 2.38 or newer, but the base debian:12-slim has glibc 2.34.",
                        "runtime.jdk",
                        "Name a JDK built for an older glibc, or choose a newer base."));
    }

    @Test
    void jdkForGlibcOnMusl() {
        Case alpine = Examples.withoutJava();
        alpine.base = Examples.with(alpine.base, new CLibrary.Musl(), false);

        assertThat(alpine.problems())
                .containsExactly(Problem.of(
                        "The JDK at /jdk is built for glibc, but the base debian:12-slim has musl.",
                        "runtime.jdk",
                        "Name a JDK built for musl, or choose a base with glibc."));
    }

    @Test
    void jdkForMuslOnGlibc() {
        Case debian = Examples.withoutJava();
        debian.jdk = Optional.of(Examples.jdk(21, new CLibrary.Musl()));

        assertThat(debian.problems())
                .containsExactly(Problem.of(
                        "The JDK at /jdk is built for musl, but the base debian:12-slim has glibc.",
                        "runtime.jdk",
                        "Name a JDK built for glibc, or choose a base with musl."));
    }

    @Test
    void baseWithNoCLibrary() {
        Case data = Examples.withoutJava();
        data.base = Examples.with(data.base, new CLibrary.None(), false);

        assertThat(data.problems())
                .containsExactly(Problem.of(
                        "The base debian:12-slim has no C library, which a Java runtime needs.",
                        "from.image",
                        "Choose scratch, where the C library is added too, or a base that has one."));
    }

    @Test
    void jdkThatNeedsLibrariesTheBaseLacks() {
        Case slim = Examples.withoutJava();
        slim.jdk = Optional.of(Examples.jdkThatNeeds("libz.so.1", "libgcc_s.so.1", "libstdc++.so.6"));

        assertThat(slim.problems())
                .containsExactly(Problem.of(
                        "A Java runtime linked from the JDK at /jdk does not start on the base debian:12-slim, which"
                                + " lacks: libstdc++.so.6, libz.so.1.",
                        "runtime.jdk",
                        "Name a JDK that needs nothing but the C library, as Eclipse Temurin and Amazon Corretto do, or"
                                + " choose a base that has what it lacks, or scratch."));
    }

    @Test
    void jdkThatIsNoneIsOneProblem() {
        Case data = Examples.withoutJava();
        data.jdk = Optional.of(new Jdk(
                Path.of("/jdk"),
                0,
                "",
                Optional.empty(),
                new CLibrary.None(),
                Set.of(),
                Optional.of("it is not a directory")));

        assertThat(data.problems())
                .containsExactly(
                        Problem.of(
                                "No Java runtime can be linked from the JDK at /jdk: it is not a directory.",
                                "runtime.jdk",
                                "Name the home directory of a JDK with bin/jlink and its modules, or choose a base with Java."));
    }

    @Test
    void baseWithoutLibgcc() {
        Case slim = Examples.withJava(17);
        slim.base = Examples.with(slim.base, new CLibrary.Glibc("2.34"), false);

        assertThat(slim.problems())
                .containsExactly(Problem.of(
                        "The base temurin:17 has no libgcc_s.so.1, without which the interface client's native library"
                                + " does not load.",
                        "from.image",
                        "Choose a base that has it (Debian's package is libgcc-s1, Alpine's and Amazon Linux's"
                                + " libgcc), or scratch."));
    }

    @Test
    void interfaceClientOfTheProjectForAnotherPlatform() {
        Case arm = Examples.withJava(17);
        arm.project = Examples.project(List.of(Examples.clientJar("2.9.0", "linux-aarch_64")));

        assertThat(arm.problems())
                .containsExactly(Problem.of(
                        "The project depends on com.amazonaws:aws-lambda-java-runtime-interface-client for"
                                + " linux-aarch_64, but the image is for linux-x86_64.",
                        "Change the dependency's classifier to linux-x86_64, or leave the dependency out to have the"
                                + " right one added."));
    }

    @Test
    void packagedModeWithoutAJar() {
        Case packaged = Examples.awsJava();
        packaged.mode = Settings.ContainerizingMode.PACKAGED;
        ProjectFacts project = packaged.project;
        packaged.project = new ProjectFacts(
                project.classes(),
                project.resources(),
                Optional.empty(),
                project.dependencies(),
                project.extraFiles(),
                project.handler(),
                project.newestClass(),
                project.clashes(),
                project.problems());

        assertThat(packaged.problems())
                .containsExactly(Problem.of(
                        "The project has no jar with its classes in it, which the packaged mode needs.",
                        "containerizingMode",
                        "Build the image in or after the package phase of a project with packaging jar, or set it to"
                                + " exploded."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-cp", "-classpath", "--class-path=/x", "-jar", "-m", "--module=a/b"})
    void flagThatNamesClasses(String flag) {
        assertThat(problems(Examples.withJava(17), c -> c.jvmFlags = List.of(flag)))
                .containsExactly(Problem.of(
                        "The JVM flag " + flag + " cannot be used: the image starts the interface client with the"
                                + " project's own class path.",
                        "container.jvmFlags",
                        "Remove it; what has to be on the class path becomes a dependency of the project."));
    }

    @Test
    void emptyFlag() {
        assertThat(problems(Examples.withJava(17), c -> c.jvmFlags = List.of(" ")))
                .containsExactly(Problem.of("A JVM flag is empty.", "container.jvmFlags", "Remove it."));
    }

    @Test
    void flagWithoutHyphen() {
        assertThat(problems(Examples.withJava(17), c -> c.jvmFlags = List.of("Xmx1g")))
                .containsExactly(Problem.of(
                        "'Xmx1g' is not a JVM flag: java would take it for the class to start.",
                        "container.jvmFlags",
                        "Begin it with a hyphen, or join it to the flag it belongs to."));
    }

    @Test
    void argumentFileOnAnAwsJavaBase() {
        assertThat(problems(Examples.awsJava(), c -> c.jvmFlags = List.of("@/opt/flags")))
                .containsExactly(Problem.of(
                        "The argument file @/opt/flags cannot be used: on an AWS base image for Java, flags reach the"
                                + " JVM through JAVA_TOOL_OPTIONS, which takes none.",
                        "container.jvmFlags",
                        "Write its flags into the setting, or " + OTHER_BASE));
    }

    @Test
    void secondCollectorOnAnAwsJavaBase() {
        assertThat(problems(Examples.awsJava(), c -> c.jvmFlags = List.of("-XX:+UseG1GC")))
                .containsExactly(twoCollectors("-XX:+UseG1GC", "container.jvmFlags"));
    }

    @Test
    void secondCollectorFromTheEnvironmentOnAnAwsJavaBase() {
        assertThat(problems(Examples.awsJava(), c -> c.environment = Map.of("JAVA_TOOL_OPTIONS", "-Xmx1g -XX:+UseZGC")))
                .containsExactly(twoCollectors("-XX:+UseZGC", "container.environment"));
    }

    @Test
    void environmentVariableWithAnImpossibleName() {
        assertThat(problems(Examples.awsJava(), c -> c.environment = Map.of("A=B", "v", "C\0", "v")))
                .containsExactly(
                        Problem.of(
                                "'A=B' cannot be the name of an environment variable.",
                                "container.environment",
                                "Use a name that is not empty and holds neither an equals sign nor a NUL."),
                        Problem.of(
                                "'C\\0' cannot be the name of an environment variable.",
                                "container.environment",
                                "Use a name that is not empty and holds neither an equals sign nor a NUL."));
    }

    @Test
    void environmentVariableWithANulInItsValueWhichStaysUnsaid() {
        assertThat(problems(Examples.awsJava(), c -> c.environment = Map.of("SECRET", "s3cr3t\0")))
                .containsExactly(Problem.of(
                        "The value of the environment variable SECRET holds a NUL, which ends it too early.",
                        "container.environment",
                        "Remove the NUL."));
    }

    @Test
    void labelWithoutName() {
        assertThat(problems(Examples.awsJava(), c -> c.labels = Map.of("", "v")))
                .containsExactly(Problem.of("A label has no name.", "container.labels", "Name it, or remove it."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt/../x", "/opt//x", "/./x", "/x/", "x", "/", ""})
    void extraFileWithAnImpossiblePath(String target) {
        assertThat(problems(Examples.awsJava(), c -> c.project = extra(target)))
                .containsExactly(Problem.of(
                        "'" + target + "' cannot be a path in the image: it has to be absolute, without empty parts,"
                                + " '.' and '..'.",
                        "extraDirectories.paths",
                        "Rename the file, or give another directory to put it into."));
    }

    @Test
    void extraFilesThatMeetThroughALinkOfTheBase() {
        Case linked = Examples.withJava(17);
        linked.base = Examples.withTree(linked.base, Map.of("/lib", "/usr/lib"), Map.of());
        linked.project = extra("/lib/x", "/usr/lib/x");

        assertThat(linked.problems())
                .containsExactly(Problem.of(
                        "/usr/lib/x would come from both /p/extra/lib/x and /p/extra/usr/lib/x.",
                        "extraDirectories.paths",
                        "Rename or remove one of the two."));
    }

    @Test
    void resourceAtThePlaceOfADependency() {
        Case twice = Examples.awsJava();
        twice.project = resource("lib/store-1.0.jar");

        assertThat(twice.problems())
                .containsExactly(Problem.of(
                        "/var/task/lib/store-1.0.jar would come from both /m2/com.acme/store-1.0.jar and"
                                + " /p/target/classes/lib/store-1.0.jar.",
                        "Rename or remove one of the two."));
    }

    @Test
    void resourceAtThePlaceOfADirectory() {
        Case blocked = Examples.awsJava();
        blocked.project = resource("com");

        assertThat(blocked.problems())
                .containsExactly(Problem.of(
                        "/var/task/com, from /p/target/classes/com, would replace a directory of the image.",
                        "Rename the file, or put it elsewhere."));
    }

    @Test
    void extraFileAtThePlaceOfADirectoryOfTheBase() {
        Case blocked = Examples.withJava(17);
        blocked.base = Examples.withTree(
                blocked.base, Map.of("/lib", "/usr/lib"), Map.of("/tmp", new BaseDirectory(01777, "0:0")));
        blocked.project = extra("/lib", "/tmp");

        assertThat(blocked.problems())
                .extracting(Problem::what)
                .containsExactly(
                        "/lib, from /p/extra/lib, would replace a directory of the image.",
                        "/tmp, from /p/extra/tmp, would replace a directory of the image.");
    }

    private static List<Problem> problems(Case example, Consumer<Case> change) {
        change.accept(example);
        return example.problems();
    }

    private static Problem twoCollectors(String flag, String setting) {
        return Problem.of(
                "The JVM would not start with " + flag + ": an AWS base image for Java selects -XX:+UseSerialGC on its"
                        + " command line, and two garbage collectors exclude each other.",
                setting,
                "Remove the flag, or " + OTHER_BASE);
    }

    private static ProjectFacts newest(int feature) {
        return newest(new ClassVersion(feature, "com.acme.App in target/classes"));
    }

    private static ProjectFacts newest(ClassVersion version) {
        ProjectFacts project = Examples.project();
        return new ProjectFacts(
                project.classes(),
                project.resources(),
                project.jar(),
                project.dependencies(),
                project.extraFiles(),
                project.handler(),
                Optional.of(version),
                project.clashes(),
                project.problems());
    }

    private static ProjectFacts extra(String... targets) {
        return files(
                List.of(),
                List.of(targets).stream()
                        .map(target -> new ExtraFile(target, Path.of("/p/extra" + target.replace("//", "/")), 0644))
                        .toList());
    }

    private static ProjectFacts resource(String path) {
        return files(List.of(new ProjectFile(path, Path.of("/p/target/classes", path))), List.of());
    }

    private static ProjectFacts files(List<ProjectFile> resources, List<ExtraFile> extraFiles) {
        ProjectFacts project = Examples.project();
        return new ProjectFacts(
                project.classes(),
                resources,
                project.jar(),
                List.of(Examples.dependency("com.acme", "store", "1.0", Dependency.Origin.RELEASE)),
                extraFiles,
                project.handler(),
                project.newestClass(),
                project.clashes(),
                project.problems());
    }
}
