package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build says while it works, and where it keeps quiet. */
@NeedsTool({"docker-registry", "script"})
class ConsoleIT {

    private static final Pattern BAR =
            Pattern.compile("\r\033\\[KDownloading \\[=* *] \\d+(\\.\\d)? k?M?B of \\d+\\.\\d [kM]B");

    private static LocalRegistry registry;
    private static String base;

    @BeforeAll
    static void push() {
        registry = LocalRegistry.plain();
        base = registry.push(Base.AWS_JAVA_17);
    }

    @AfterAll
    static void close() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {MavenBuild.MAVEN, "4.0.0-rc-6"})
    void aBarShowsDownloadsOnATerminal(String maven) {
        String log = said(download().maven(maven).onTerminal().mode());
        assertThat(log).containsPattern(BAR);
        assertThat(log.substring(log.lastIndexOf("Downloading [")))
                .as("the bar is erased before a line is said")
                .containsPattern("^Downloading \\[[^\r\n]*\r\033\\[K\\[INFO] ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-B", "-ntp"})
    void noBarIsShownToWhoeverDoesNotWantOne(String option) {
        assertThat(said(download().onTerminal().mode(option)))
                .contains("[INFO] Downloading the layers of the base image\r\n")
                .doesNotContain("\033")
                .doesNotContain("Downloading [")
                .doesNotContainPattern("\r(?!\n)");
    }

    @Test
    void aQuietBuildSaysNothing() {
        assertThat(said(download().onTerminal().mode("-q"))).isEmpty();
    }

    @Test
    void aQuietBuildStillWarns() {
        MavenBuild build = MavenBuild.project("request-handler")
                .from(Base.AWS_JAVA_17)
                .replace(
                        "pom.xml",
                        "<executions>",
                        "<configuration><container><environment><AWS_REGION>eu-central-1</AWS_REGION></environment>"
                                + "</container></configuration><executions>")
                .mode("-q");
        assertThat(said(build))
                .isEqualTo("[WARNING] The environment variable AWS_REGION has no effect on Lambda, which sets it"
                        + " itself.\n");
    }

    /** What a build says, without the sequence with which Maven ends colours that it was told not to use. */
    private static String said(MavenBuild build) {
        return build.succeed().log().replace("\033[0m", "");
    }

    /** A build that has to download its base, as nothing is cached. */
    private static MavenBuild download() {
        return MavenBuild.project("request-handler")
                .from(base)
                .property(
                        "lambda-container.cacheDirectory", It.directory("cache").toString());
    }
}
