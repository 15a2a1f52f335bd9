package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the user reads when something is wrong, and what a failed build leaves behind. */
class FailureIT {

    static final String SEVERAL_HANDLERS = "2 handlers were found: 'com.example.First', 'com.example.Second'."
            + "\n  Setting: <handler> (-Dlambda-container.handler)"
            + "\n  Next: Name the one this image runs.";

    @Test
    void noHandler() {
        assertThat(MavenBuild.project("no-handler")
                        .from(Base.AWS_JAVA_17)
                        .fail()
                        .failure())
                .isEqualTo(
                        "No handler was found: no class in 'target/classes' is public, has a public constructor without parameters and implements RequestHandler or"
                                + " RequestStreamHandler."
                                + "\n  Setting: <handler> (-Dlambda-container.handler)"
                                + "\n  Next: Name a class, such as 'com.acme.App', or a class and its method, such as"
                                + " 'com.acme.App::handle'. A module without a function sets the property"
                                + " lambda-container.skip to true in its pom.");
    }

    @Test
    void severalHandlers() {
        assertThat(MavenBuild.project("several-handlers")
                        .from(Base.AWS_JAVA_17)
                        .fail()
                        .failure())
                .isEqualTo(SEVERAL_HANDLERS);
    }

    @Test
    void aHandlerWhoseClassIsNotThere() {
        assertThat(MavenBuild.project("request-handler")
                        .from(Base.AWS_JAVA_17)
                        .property("lambda-container.handler", "org.acme.Nowhere")
                        .fail()
                        .failure())
                .isEqualTo("The handler's class 'org.acme.Nowhere' is neither in the project nor in its runtime"
                        + " dependencies."
                        + "\n  Setting: <handler> (-Dlambda-container.handler)"
                        + "\n  Next: Correct the name, or leave the setting out to have the handler found.");
    }

    @Test
    void aBaseThatIsNoReference() {
        assertThat(MavenBuild.project("request-handler")
                        .from("No Such Image")
                        .fail()
                        .failure())
                .isEqualTo("'No Such Image' is not an image reference."
                        + "\n  Setting: <from><image> (-Dlambda-container.from.image)"
                        + "\n  Next: Write it as [registry/]repository[:tag][@sha256:digest], in lower case up to the"
                        + " tag.");
    }

    @Test
    void aSettingThatIsMisspelt() {
        assertThat(MavenBuild.project("request-handler")
                        .from(Base.AWS_JAVA_17)
                        .property("lambda-container.form.image", "scratch")
                        .fail()
                        .failure())
                .startsWith("There is no setting 'lambda-container.form.image'.\n  Next: Take one of ");
    }

    @Test
    void aBaseWithoutTheLibraryThatTheInterfaceClientNeeds() {
        assertThat(MavenBuild.project("request-handler")
                        .from(Base.WITHOUT_LIBGCC)
                        .fail()
                        .failure())
                .contains(" has no libgcc_s.so.1, without which the interface client's native library does not load.")
                .contains("\n  Setting: <from><image> (-Dlambda-container.from.image)");
    }

    @Test
    void aFailedBuildLeavesWhatThePreviousOneMade() throws IOException {
        MavenBuild build = MavenBuild.project("request-handler").from(Base.AWS_JAVA_17);
        MavenResult first = build.succeed();
        byte[] archive = Files.readAllBytes(first.archive());
        byte[] json = Files.readAllBytes(first.output("image.json"));
        MavenBuild.again(build.directory())
                .from("oci:" + build.directory().resolve("not-there"))
                .fail();
        assertThat(first.archive()).hasBinaryContent(archive);
        assertThat(first.output("image.json")).hasBinaryContent(json);
        try (var files = Files.list(first.archive().getParent())) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("image.tar", "image.digest", "image.id", "image.json");
        }
    }

    @Test
    void aFileInPlaceOfTheOutputDirectoryIsNamed() throws IOException {
        MavenBuild build = MavenBuild.project("request-handler").from(Base.AWS_JAVA_17);
        Path directory = Files.createDirectories(build.directory().resolve("target"));
        Path file = Files.writeString(directory.resolve("lambda-container"), "in the way");
        assertThat(build.fail().failure()).contains(file.toString());
        assertThat(file).hasContent("in the way");
    }

    @Test
    void aFileInPlaceOfTheCacheIsNamed() throws IOException {
        Path file = Files.writeString(It.directory("cache").resolve("cache"), "in the way");
        assertThat(MavenBuild.project("request-handler")
                        .from(Base.AWS_OS_ONLY)
                        .property("lambda-container.cacheDirectory", file.toString())
                        .fail()
                        .failure())
                .isEqualTo("The cache could not be written at '" + file.resolve("tmp") + "': Not a directory."
                        + "\n  Setting: <cacheDirectory> (-Dlambda-container.cacheDirectory)"
                        + "\n  Next: Free some space there, make the directory writable, or name another one.");
        assertThat(file).hasContent("in the way");
    }
}
