package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images with a startup archive, in real containers. */
@NeedsContainers
class StartupIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What the virtual machine says of where each class comes from. */
    private static final Map<String, String> LOG_CLASSES = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load");

    private static final String FROM_ARCHIVE = " source: shared objects file";

    @ParameterizedTest
    @EnumSource(
            value = Base.class,
            names = {"AWS_OS_ONLY", "WITHOUT_JAVA"})
    void anAppCdsArchiveIsUsedOnALinkedJava17(Base base) throws IOException {
        MavenResult result = build(Function.API_GATEWAY, "cds").from(base).succeed();
        assertStartedFromArchive(Function.API_GATEWAY, result);
    }

    @ParameterizedTest
    @EnumSource(
            value = Base.class,
            names = {"AWS_JAVA_17", "WITH_JAVA", "WITH_JAVA_ON_PATH"})
    void anAppCdsArchiveIsUsedOnTheJavaOfTheBase(Base base) throws IOException {
        MavenResult result = build(Function.REQUEST_HANDLER, "cds").from(base).succeed();
        assertStartedFromArchive(Function.REQUEST_HANDLER, result);
    }

    @Test
    void theJavaOfTheBaseIsTrainedWithTheCLibraryOfTheBase() throws IOException {
        MavenResult result = build(Function.REQUEST_HANDLER, "cds")
                .from(Base.WITH_OWN_LOADER)
                .succeed();
        assertStartedFromArchive(Function.REQUEST_HANDLER, result);
    }

    @Test
    void whereNoNamespaceCanBeMadeAJavaThatNeedsOneIsNotTrained() throws IOException {
        String failure = withoutNamespaces(
                        build(Function.REQUEST_HANDLER, "cds").from(Base.WITH_OWN_LOADER))
                .fail()
                .failure();
        assertThat(failure)
                .startsWith("The startup archive could not be made: the image on the base '"
                        + Base.WITH_OWN_LOADER.reference() + "' cannot run on this machine: its"
                        + " /opt/java/openjdk/bin/java does not start (")
                .contains("No such file or directory), and no namespace can be made (a mount cannot name '")
                .endsWith("  Setting: <startup><required> (-Dlambda-container.startup.required)\n"
                        + "  Next: Set right what it says, or set this to false to have the image without the"
                        + " archive.");
    }

    @ParameterizedTest
    @EnumSource(
            value = Base.class,
            names = {"AWS_JAVA_17", "WITH_JAVA_ON_PATH"})
    void whereNoNamespaceCanBeMadeThisMachinesCLibraryServes(Base base) throws IOException {
        MavenResult result = withoutNamespaces(
                        build(Function.REQUEST_HANDLER, "cds").from(base))
                .succeed();
        assertStartedFromArchive(Function.REQUEST_HANDLER, result);
    }

    @Test
    @NeedsJdk25
    void whereNoNamespaceCanBeMadeJava25IsTrainedToo() throws IOException {
        MavenResult result = withoutNamespaces(
                        build(Function.REQUEST_HANDLER, "aot").from(Base.AWS_JAVA_25))
                .succeed();
        assertStartedFromArchive(Function.REQUEST_HANDLER, result);
    }

    @Test
    @NeedsJdk25
    void anAppCdsArchiveIsUsedOnALinkedJava25() throws IOException {
        MavenResult result = java25(build(Function.API_GATEWAY, "cds")).succeed();
        assertStartedFromArchive(Function.API_GATEWAY, result);
    }

    @Test
    @NeedsJdk25
    void anAotCacheIsUsedOnTheAwsBaseForJava25() throws IOException {
        MavenResult result =
                build(Function.API_GATEWAY, "auto").from(Base.AWS_JAVA_25).succeed();
        assertStartedFromArchive(Function.API_GATEWAY, result);
    }

    @Test
    void anAppCdsArchiveIsUsedOnScratch() throws IOException {
        MavenResult result =
                build(Function.REQUEST_HANDLER, "auto").from("scratch").succeed();
        assertStartedFromArchive(Function.REQUEST_HANDLER, result);
    }

    @Test
    @NeedsJdk25
    void anAotCacheIsUsedOnALinkedJava25() throws IOException {
        MavenResult result = java25(build(Function.API_GATEWAY, "auto")).succeed();
        assertStartedFromArchive(Function.API_GATEWAY, result);
    }

    @Test
    @NeedsJdk25
    void aChangedClassRunsThoughTheCacheOfTheOldOneIsThere() throws IOException {
        MavenBuild build = java25(build(Function.REQUEST_HANDLER, "aot"));
        build.succeed();
        build.replace(
                "src/main/java/com/example/orders/OrderHandler.java",
                "int total = order.getQuantity()",
                "int total = 1000 + order.getQuantity()");
        MavenResult changed = build.succeed();

        try (LocalFunction api = new LocalFunction();
                var container = Containers.start(changed.archive(), LOG_CLASSES, api)) {
            assertThat(api.invoke(Function.REQUEST_HANDLER.event, LIMIT)).contains("1006");
            assertFromArchive(container.log());
        }
    }

    /** No overlay can be mounted of directories with a comma in their path. */
    private static MavenBuild withoutNamespaces(MavenBuild build) {
        Path cache = MavenBuild.cache().resolveSibling("it-cache,without-namespaces");
        return build.property("lambda-container.cacheDirectory", cache.toString());
    }

    private static MavenBuild java25(MavenBuild build) {
        return build.from(Base.WITHOUT_JAVA)
                .property(
                        "lambda-container.runtime.jdk", It.jdk25().orElseThrow().toString());
    }

    private static MavenBuild build(Function function, String mode) throws IOException {
        MavenBuild build = function.build()
                .property("lambda-container.startup.mode", mode)
                .property("lambda-container.startup.required", "true");
        Path events = Files.createDirectories(build.directory().resolve("src/lambda/events"));
        Files.writeString(events.resolve("event.json"), function.event);
        return build;
    }

    private static void assertStartedFromArchive(Function function, MavenResult result) throws IOException {
        try (LocalFunction api = new LocalFunction();
                var container = Containers.start(function.image(result).archive(), LOG_CLASSES, api)) {
            function.assertResponse(api.invoke(function.event, LIMIT));
            assertFromArchive(container.log());
            container.assertRunning();
        }
    }

    /** The function's classes and the interface client's, not only those of the JDK. */
    private static void assertFromArchive(String log) {
        assertThat(log.lines().filter(line -> line.contains("] com.example.")))
                .isNotEmpty()
                .allMatch(line -> line.contains(FROM_ARCHIVE));
        assertThat(log.lines().filter(line -> line.contains("runtime.api.client.AWSLambda ")))
                .isNotEmpty()
                .allMatch(line -> line.contains(FROM_ARCHIVE));
    }
}
