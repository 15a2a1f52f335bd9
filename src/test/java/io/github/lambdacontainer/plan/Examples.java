package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseDirectory;
import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseInterfaceClient;
import io.github.lambdacontainer.base.BaseJava;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.base.TestFacts;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.ClassVersion;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ExtraFile;
import io.github.lambdacontainer.project.Handler;
import io.github.lambdacontainer.project.HandlerFinding;
import io.github.lambdacontainer.project.ProjectFacts;
import io.github.lambdacontainer.project.ProjectFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small project, bases of each kind and a JDK, each changed by a test in the one place it is about. */
final class Examples {

    static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

    private Examples() {}

    /** Collects the few values of a plan's input that tests change. */
    static final class Case {
        Architecture architecture = Architecture.X86_64;
        Settings.ContainerizingMode mode = Settings.ContainerizingMode.EXPLODED;
        Settings.JavaSource java = Settings.JavaSource.AUTO;
        List<String> jvmFlags = List.of();
        Map<String, String> environment = Map.of();
        Map<String, String> labels = Map.of();
        Optional<String> fromJava = Optional.empty();
        StartupSettings startup = startup(StartupSettings.Mode.NONE);
        ProjectFacts project = project();
        BaseFacts base;
        List<Dependency> client = List.of();
        Optional<Jdk> jdk = Optional.of(jdk(21, new CLibrary.Glibc("2.17")));

        Case(BaseFacts base) {
            this.base = base;
            if (InterfaceClients.choose(settings(), project, base, jdk).isPresent()) {
                client = client();
            }
        }

        Settings settings() {
            return new Settings(
                    architecture,
                    mode,
                    new Settings.Container(environment, labels, jvmFlags, Optional.empty(), CREATED),
                    new Settings.Additions(java, List.of(), "2.9.0"),
                    fromJava,
                    startup);
        }

        Planning plan() {
            return Planner.plan(settings(), project, base, client, jdk);
        }

        ImagePlan image() {
            Planning planning = plan();
            if (planning instanceof Planning.Planned planned) {
                return planned.image();
            }
            throw new AssertionError(planning);
        }

        List<Problem> problems() {
            return plan() instanceof Planning.Rejected rejected ? rejected.problems() : List.of();
        }
    }

    static Case awsJava() {
        return new Case(base("public.ecr.aws/lambda/java:21", BaseKind.AWS_JAVA, java("/var/lang/bin/java", 21)));
    }

    static Case osOnly() {
        return new Case(base("public.ecr.aws/lambda/provided:al2023", BaseKind.AWS_OS_ONLY, Optional.empty()));
    }

    static Case withJava(int feature) {
        return new Case(base("temurin:" + feature, BaseKind.WITH_JAVA, java("/opt/java/bin/java", feature)));
    }

    static Case withoutJava() {
        return new Case(base("debian:12-slim", BaseKind.WITHOUT_JAVA, Optional.empty()));
    }

    static Case scratch() {
        return new Case(TestFacts.scratch(Architecture.X86_64));
    }

    static StartupSettings startup(StartupSettings.Mode mode) {
        return new StartupSettings(
                mode,
                false,
                Optional.empty(),
                Map.of(),
                Duration.ofSeconds(60),
                new BuildMachine("Linux", Optional.of(Architecture.X86_64)));
    }

    private static Optional<BaseJava> java(String executable, int feature) {
        return Optional.of(new BaseJava(executable, feature));
    }

    private static BaseFacts base(String name, BaseKind kind, Optional<BaseJava> java) {
        boolean aws = kind == BaseKind.AWS_JAVA || kind == BaseKind.AWS_OS_ONLY;
        return new BaseFacts(
                name,
                kind,
                Architecture.X86_64,
                java,
                new CLibrary.Glibc("2.34"),
                kind == BaseKind.AWS_JAVA ? Optional.of(awsClient()) : Optional.empty(),
                Set.of("libgcc_s.so.1"),
                Map.of("LANG", "en_US.UTF-8"),
                aws ? List.of("/lambda-entrypoint.sh") : List.of(),
                aws ? Optional.of("/var/task") : Optional.empty(),
                Map.of(),
                Map.of());
    }

    static BaseInterfaceClient awsClient() {
        return new BaseInterfaceClient(
                List.of(
                        "/var/runtime/lib/aws-lambda-java-core-1.2.3.jar",
                        "/var/runtime/lib/aws-lambda-java-runtime-interface-client-2.6.0-linux-x86_64.jar",
                        "/var/runtime/lib/aws-lambda-java-serialization-1.1.5.jar"),
                Optional.of("/var/runtime/lib/jni/libaws-lambda-jni.linux-x86_64.so"));
    }

    /** One class, one resource, a dependency of each origin. */
    static ProjectFacts project() {
        return project(List.of(
                dependency("com.acme", "store", "1.0", Dependency.Origin.RELEASE),
                dependency("com.acme", "model", "2.0-SNAPSHOT", Dependency.Origin.SNAPSHOT),
                dependency("com.acme", "common", "1.0", Dependency.Origin.REACTOR)));
    }

    static ProjectFacts project(List<Dependency> dependencies) {
        return new ProjectFacts(
                List.of(new ProjectFile("com/acme/App.class", Path.of("/p/target/classes/com/acme/App.class"))),
                List.of(new ProjectFile("app.properties", Path.of("/p/target/classes/app.properties"))),
                Optional.of(Path.of("/p/target/app-1.0.jar")),
                dependencies,
                List.of(new ExtraFile("/opt/extra.sh", Path.of("/p/src/main/lambda-container/opt/extra.sh"), 0755)),
                new HandlerFinding.Found(new Handler("com.acme.App", Optional.of("handle")), false),
                Optional.of(new ClassVersion(8, "com.acme.App in target/classes")),
                List.of(),
                List.of());
    }

    static Dependency dependency(String group, String artifact, String version, Dependency.Origin origin) {
        return new Dependency(
                group, artifact, version, "", Path.of("/m2/" + group, artifact + "-" + version + ".jar"), origin);
    }

    static Dependency release(String group, String artifact, String version) {
        return dependency(group, artifact, version, Dependency.Origin.RELEASE);
    }

    /** The interface client as Maven resolves it. */
    static List<Dependency> client() {
        return List.of(
                clientJar("2.9.0", "linux-x86_64"),
                release("com.amazonaws", "aws-lambda-java-core", "1.4.0"),
                release("com.amazonaws", "aws-lambda-java-serialization", "1.2.0"));
    }

    static Dependency clientJar(String version, String classifier) {
        String artifact = "aws-lambda-java-runtime-interface-client";
        String suffix = classifier.isEmpty() ? "" : "-" + classifier;
        return new Dependency(
                "com.amazonaws",
                artifact,
                version,
                classifier,
                Path.of("/m2/com.amazonaws/" + artifact + "-" + version + suffix + ".jar"),
                Dependency.Origin.RELEASE);
    }

    static Jdk jdk(int feature, CLibrary cLibrary) {
        return new Jdk(
                Path.of("/jdk"),
                feature,
                "Linux",
                Optional.of(Architecture.X86_64),
                cLibrary,
                Set.of(),
                Optional.empty());
    }

    static Jdk jdkThatNeeds(String... libraries) {
        return new Jdk(
                Path.of("/jdk"),
                21,
                "Linux",
                Optional.of(Architecture.X86_64),
                new CLibrary.Glibc("2.17"),
                Set.of(libraries),
                Optional.empty());
    }

    static BaseFacts with(BaseFacts base, CLibrary cLibrary, boolean libgcc) {
        return new BaseFacts(
                base.name(),
                base.kind(),
                base.architecture(),
                base.java(),
                cLibrary,
                base.interfaceClient(),
                libgcc ? Set.of("libgcc_s.so.1") : Set.of(),
                base.environment(),
                base.entrypoint(),
                base.workingDirectory(),
                base.directoryLinks(),
                base.directories());
    }

    static BaseFacts withClient(BaseFacts base, BaseInterfaceClient client) {
        return new BaseFacts(
                base.name(),
                base.kind(),
                base.architecture(),
                base.java(),
                base.cLibrary(),
                Optional.of(client),
                base.libraries(),
                base.environment(),
                base.entrypoint(),
                base.workingDirectory(),
                base.directoryLinks(),
                base.directories());
    }

    static BaseFacts withJavaAt(BaseFacts base, String executable) {
        return new BaseFacts(
                base.name(),
                base.kind(),
                base.architecture(),
                base.java().map(java -> new BaseJava(executable, java.feature())),
                base.cLibrary(),
                base.interfaceClient(),
                base.libraries(),
                base.environment(),
                base.entrypoint(),
                base.workingDirectory(),
                base.directoryLinks(),
                base.directories());
    }

    static BaseFacts withConfig(BaseFacts base, Map<String, String> environment, Optional<String> workingDirectory) {
        return new BaseFacts(
                base.name(),
                base.kind(),
                base.architecture(),
                base.java(),
                base.cLibrary(),
                base.interfaceClient(),
                base.libraries(),
                environment,
                base.entrypoint(),
                workingDirectory,
                base.directoryLinks(),
                base.directories());
    }

    static BaseFacts withTree(BaseFacts base, Map<String, String> links, Map<String, BaseDirectory> directories) {
        return new BaseFacts(
                base.name(),
                base.kind(),
                base.architecture(),
                base.java(),
                base.cLibrary(),
                base.interfaceClient(),
                base.libraries(),
                base.environment(),
                base.entrypoint(),
                base.workingDirectory(),
                links,
                directories);
    }
}
