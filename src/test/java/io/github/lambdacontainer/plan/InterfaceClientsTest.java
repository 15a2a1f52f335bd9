package io.github.lambdacontainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseInterfaceClient;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.plan.Examples.Case;
import io.github.lambdacontainer.project.Dependency;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the interface client comes from, and that nothing of it is there twice. */
class InterfaceClientsTest {

    private static final Optional<Jdk> NO_JDK = Optional.empty();

    @Test
    void classifierFollowsArchitectureAndCLibrary() {
        BaseFacts base = Examples.withJava(17).base;
        BaseFacts alpine = Examples.with(base, new CLibrary.Musl(), false);
        BaseFacts unknown = Examples.with(base, new CLibrary.None(), false);

        assertThat(choose(Architecture.X86_64, "2.9.0", base, NO_JDK)).contains(request("2.9.0", "linux-x86_64"));
        assertThat(choose(Architecture.ARM64, "2.9.0", base, NO_JDK)).contains(request("2.9.0", "linux-aarch_64"));
        assertThat(choose(Architecture.X86_64, "2.9.0", alpine, NO_JDK))
                .contains(request("2.9.0", "linux_musl-x86_64"));
        assertThat(choose(Architecture.ARM64, "2.9.0", alpine, NO_JDK))
                .contains(request("2.9.0", "linux_musl-aarch_64"));
        assertThat(choose(Architecture.X86_64, "2.9.0", unknown, NO_JDK))
                .contains(new InterfaceClientRequest("2.9.0", Optional.empty()));
    }

    @Test
    void scratchTakesTheCLibraryOfTheJdk() {
        BaseFacts scratch = Examples.scratch().base;

        assertThat(choose(Architecture.X86_64, "2.9.0", scratch, Optional.of(Examples.jdk(21, new CLibrary.Musl()))))
                .contains(request("2.9.0", "linux_musl-x86_64"));
        assertThat(choose(Architecture.X86_64, "2.9.0", scratch, NO_JDK)).contains(request("2.9.0", "linux-x86_64"));
    }

    @Test
    void osOnlyBaseIsGlibcEvenIfItCouldNotBeRead() {
        BaseFacts unread = Examples.with(Examples.osOnly().base, new CLibrary.None(), true);

        assertThat(choose(Architecture.X86_64, "2.9.0", unread, NO_JDK)).contains(request("2.9.0", "linux-x86_64"));
    }

    @Test
    void versionsBeforeTheJarsForEachPlatformHaveNoClassifier() {
        BaseFacts base = Examples.withJava(17).base;

        assertThat(choose(Architecture.X86_64, "2.3.2", base, NO_JDK))
                .contains(new InterfaceClientRequest("2.3.2", Optional.empty()));
        assertThat(choose(Architecture.X86_64, "2.3.3", base, NO_JDK)).contains(request("2.3.3", "linux-x86_64"));
        assertThat(choose(Architecture.X86_64, "2.10.1", base, NO_JDK)).contains(request("2.10.1", "linux-x86_64"));
    }

    @Test
    void nothingIsAskedForWhereBaseOrProjectHasIt() {
        Case aws = Examples.awsJava();
        Case company = Examples.withJava(17);
        BaseFacts companyBase =
                Examples.withClient(company.base, new BaseInterfaceClient(List.of("/ric.jar"), Optional.empty()));
        Case own = Examples.withJava(17);
        own.project = Examples.project(List.of(Examples.clientJar("2.8.7", "linux-x86_64")));

        assertThat(InterfaceClients.choose(aws.settings(), aws.project, aws.base, NO_JDK))
                .isEmpty();
        assertThat(InterfaceClients.choose(company.settings(), company.project, companyBase, NO_JDK))
                .isEmpty();
        assertThat(InterfaceClients.choose(own.settings(), own.project, own.base, NO_JDK))
                .isEmpty();
    }

    @Test
    void clientOfTheProjectStaysAmongItsDependencies() {
        Case own = own(Examples.clientJar("2.8.7", "linux-x86_64"));
        ImagePlan image = own.image();

        assertThat(PlannerTest.text(image.layers()))
                .contains(
                        "interface client: /var/runtime/lib/jni/libaws-lambda-jni.linux-x86_64.so 644",
                        "dependencies: /var/task/lib/aws-lambda-java-runtime-interface-client-2.8.7-linux-x86_64.jar"
                                + " 644");
        assertThat(image.added())
                .containsExactly("native library libaws-lambda-jni.linux-x86_64.so of the project's runtime interface"
                        + " client, so that it is not unpacked at each start");
    }

    @Test
    void clientOfTheProjectGoesBeforeThatOfTheBase() {
        Case own = own(Examples.clientJar("2.9.0", ""));
        own.base = Examples.withClient(own.base, Examples.awsClient());

        assertThat(classPath(own))
                .isEqualTo("/var/task/:/var/task/lib/aws-lambda-java-runtime-interface-client-2.9.0.jar");
    }

    @Test
    void clientOfTheProjectForAllPlatformsGivesTheRightLibrary() {
        Case own = own(Examples.clientJar("2.9.0", ""));

        assertThat(PlannerTest.file(own.image(), "/var/runtime/lib/jni/libaws-lambda-jni.linux-x86_64.so")
                        .content())
                .isEqualTo(new Content.InJar(
                        Examples.clientJar("2.9.0", "").path(), "jni/libaws-lambda-jni.linux-x86_64.so"));
    }

    @Test
    void oldClientOfTheProjectUnpacksItsOwnLibrary() {
        Case own = own(Examples.clientJar("2.3.2", ""));

        assertThat(own.image().config().entrypoint().orElseThrow()).noneMatch(flag -> flag.contains("NativeClient"));
    }

    @Test
    void clientOfTheProjectSaysThePlatformWhereTheBaseDoesNot() {
        Case own = own(Examples.clientJar("2.9.0", "linux_musl-x86_64"));
        own.base = Examples.with(own.base, new CLibrary.None(), false);

        assertThat(own.image().config().entrypoint().orElseThrow())
                .anyMatch(flag -> flag.endsWith("=/var/runtime/lib/jni/libaws-lambda-jni.linux_musl-x86_64.so"));
    }

    @Test
    void clientOfTheProjectIsLeftOutOnAnAwsJavaBase() {
        Case own = Examples.awsJava();
        own.project = Examples.project(List.of(
                Examples.clientJar("2.9.0", ""), Examples.release("com.amazonaws", "aws-lambda-java-core", "1.4.0")));
        ImagePlan image = own.image();

        assertThat(PlannerTest.text(image.layers()))
                .contains("dependencies: /var/task/lib/aws-lambda-java-core-1.4.0.jar 644");
        assertThat(image.warnings())
                .containsExactly("The project's runtime interface client 2.9.0 is left out: the base starts its own and"
                        + " would never load it.");
    }

    @Test
    void olderArtifactOfTheProjectGivesWayToTheClients() {
        Case twice = Examples.withJava(17);
        twice.project = Examples.project(List.of(Examples.release("com.amazonaws", "aws-lambda-java-core", "1.2.3")));

        assertThat(classPath(twice)).doesNotContain("1.2.3").contains("/var/runtime/lib/aws-lambda-java-core-1.4.0");
        assertThat(twice.image().added())
                .contains("aws-lambda-java-core 1.4.0 of the interface client: newer than the project's 1.2.3");
    }

    @Test
    void newerArtifactOfTheProjectStays() {
        Case twice = Examples.withJava(17);
        twice.project = Examples.project(List.of(Examples.release("com.amazonaws", "aws-lambda-java-core", "1.10.0")));

        assertThat(classPath(twice)).doesNotContain("1.4.0").contains("/var/task/lib/aws-lambda-java-core-1.10.0");
        assertThat(twice.image().added())
                .contains("aws-lambda-java-core 1.10.0 of the project: newer than the interface client's 1.4.0");
    }

    @Test
    void equalArtifactsStandInTheClientsLayerWithoutAWord() {
        Case twice = Examples.withJava(17);
        twice.project = Examples.project(List.of(Examples.release("com.amazonaws", "aws-lambda-java-core", "1.4.0")));

        assertThat(classPath(twice))
                .contains("/var/runtime/lib/aws-lambda-java-core-1.4.0")
                .doesNotContain("/var/task/lib/");
        assertThat(twice.image().added()).containsExactly("runtime interface client 2.9.0: the base has none");
    }

    @Test
    void newerOfTheProjectsAndTheBasesArtifactIsOnTheClassPath() {
        Case company = Examples.withJava(17);
        company.base = Examples.withClient(company.base, Examples.awsClient());
        company.client = List.of();
        company.project = Examples.project(List.of(
                Examples.release("com.amazonaws", "aws-lambda-java-core", "1.4.0"),
                Examples.release("com.amazonaws", "aws-lambda-java-serialization", "1.0.0")));

        assertThat(classPath(company))
                .isEqualTo("/var/runtime/lib/aws-lambda-java-runtime-interface-client-2.6.0-linux-x86_64.jar"
                        + ":/var/runtime/lib/aws-lambda-java-serialization-1.1.5.jar"
                        + ":/var/task/:/var/task/lib/aws-lambda-java-core-1.4.0.jar");
        assertThat(company.image().added())
                .containsExactly(
                        "aws-lambda-java-core 1.4.0 of the project: newer than the base's 1.2.3",
                        "aws-lambda-java-serialization 1.1.5 of the base: newer than the project's 1.0.0");
    }

    @Test
    void planningWithoutTheClientThatWasAskedForIsAMistakeOfTheCaller() {
        Case forgotten = Examples.withJava(17);
        forgotten.client = List.of();

        assertThatIllegalArgumentException().isThrownBy(forgotten::plan);
    }

    private static Case own(Dependency client) {
        Case own = Examples.withJava(17);
        own.project = Examples.project(List.of(client));
        own.client = List.of();
        return own;
    }

    private static String classPath(Case example) {
        Content content =
                PlannerTest.file(example.image(), "/var/runtime/classpath").content();
        String text = ((Content.Text) content).text();
        return text.substring(text.indexOf('\n') + 2, text.length() - 2);
    }

    private static InterfaceClientRequest request(String version, String classifier) {
        return new InterfaceClientRequest(version, Optional.of(classifier));
    }

    private static Optional<InterfaceClientRequest> choose(
            Architecture architecture, String version, BaseFacts base, Optional<Jdk> jdk) {
        Settings settings = new Settings(
                architecture,
                Settings.ContainerizingMode.EXPLODED,
                new Settings.Container(Map.of(), Map.of(), List.of(), Optional.empty(), Instant.EPOCH),
                new Settings.Additions(Settings.JavaSource.AUTO, List.of(), version),
                Optional.empty(),
                Examples.startup(StartupSettings.Mode.NONE));
        return InterfaceClients.choose(settings, Examples.project(), base, jdk);
    }
}
