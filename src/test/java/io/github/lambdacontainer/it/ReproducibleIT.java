package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same project on the same base gives the same image, whoever builds it where and when. */
class ReproducibleIT {

    private static String digest;

    @BeforeAll
    static void buildOnce() {
        digest = build().succeed().digest();
    }

    private static MavenBuild build() {
        return MavenBuild.project("request-handler").from(Base.WITH_JAVA);
    }

    @Test
    void inAnotherDirectory() throws IOException {
        var directory = Files.createDirectories(It.directory("reproducible").resolve("a longer/directory with spaces"));
        assertDigest(MavenBuild.project("request-handler", directory).from(Base.WITH_JAVA));
    }

    @Test
    void underAnotherUmask() {
        assertDigest(build().umask("077"));
    }

    @Test
    void inAnotherTimeZoneAndLocaleAndByAnotherUser() {
        assertDigest(build().environment("TZ", "Pacific/Auckland")
                .environment("LC_ALL", "tr_TR.UTF-8")
                .environment(
                        "MAVEN_OPTS",
                        "-Duser.name=somebody -Duser.language=tr -Duser.country=TR -Dfile.encoding=ISO-8859-9"));
    }

    @Test
    @NeedsJdk25
    void withMavenOnAnotherJdkAndTheSameClasses() {
        MavenBuild first = build();
        assertDigest(first);
        assertDigest(MavenBuild.again(first.directory())
                .from(Base.WITH_JAVA)
                .property("maven.main.skip", "true")
                .javaHome(It.jdk25().orElseThrow()));
    }

    @Test
    void withAnEmptyCache() {
        assertDigest(build().property(
                        "lambda-container.cacheDirectory", It.directory("cache").toString()));
    }

    @Test
    void whenBuiltAgainInPlace() {
        MavenBuild first = build();
        assertDigest(first);
        assertDigest(MavenBuild.again(first.directory()).from(Base.WITH_JAVA));
    }

    @Test
    void withALinkedJavaRuntimeAndAnEmptyCache() {
        String linked = linked().succeed().digest();
        assertThat(linked().property(
                                "lambda-container.cacheDirectory",
                                It.directory("cache").toString())
                        .umask("077")
                        .environment("TZ", "Pacific/Auckland")
                        .succeed()
                        .digest())
                .isEqualTo(linked);
    }

    @Test
    void butNotWhenAClassChanges() {
        assertThat(build().replace("src/main/java/com/example/orders/OrderHandler.java", " x ", " of ")
                        .succeed()
                        .digest())
                .isNotEqualTo(digest);
    }

    private static MavenBuild linked() {
        return MavenBuild.project("request-handler").from("scratch");
    }

    private static void assertDigest(MavenBuild build) {
        assertThat(build.succeed().digest()).isEqualTo(digest);
    }
}
