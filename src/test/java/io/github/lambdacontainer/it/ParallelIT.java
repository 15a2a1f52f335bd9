package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Builds at the same time share a cache without harm. */
@NeedsTool("docker-registry")
class ParallelIT {

    /** Two functions with the same classes, whose images are therefore the same. */
    private static final String[] MODULES = {"function", "other"};

    @Test
    void twoBuildsOfTwoModulesEachFillOneCacheTogether() throws IOException {
        Path cache = It.directory("cache");
        try (LocalRegistry registry = LocalRegistry.plain()) {
            String base = registry.push(Base.WITH_JAVA);
            MavenBuild one = twoFunctions(base, cache).argument("-T2");
            MavenBuild two = twoFunctions(base, cache).argument("-T2");
            try (Command.Running first = one.start();
                    Command.Running second = two.start()) {
                assertThat(first.result().exitCode()).as(first.log()).isZero();
                assertThat(second.result().exitCode()).as(second.log()).isZero();
            }
            MavenBuild alone = twoFunctions(base, MavenBuild.cache());
            alone.succeed();

            List<String> digests = new ArrayList<>(digests(one));
            digests.addAll(digests(two));
            digests.addAll(digests(alone));
            assertThat(digests).hasSize(6).containsOnly(digests.get(0));
        }
        try (var files = Files.walk(cache)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".unfinished"));
        }
    }

    private static MavenBuild twoFunctions(String base, Path cache) throws IOException {
        MavenBuild build = MavenBuild.project("multi-module")
                .from(base)
                .property("lambda-container.cacheDirectory", cache.toString())
                .property("project.build.outputTimestamp", "2026-01-01T00:00:00Z")
                .replace("pom.xml", "<module>function</module>", "<module>function</module><module>other</module>");
        It.copy(build.directory().resolve("function"), build.directory().resolve("other"));
        return build.replace("other/pom.xml", "<artifactId>function</artifactId>", "<artifactId>other</artifactId>");
    }

    private static List<String> digests(MavenBuild build) throws IOException {
        List<String> digests = new ArrayList<>();
        for (String module : MODULES) {
            digests.add(Files.readString(
                    build.directory().resolve(module).resolve("target/lambda-container/image.digest")));
        }
        return digests;
    }
}
