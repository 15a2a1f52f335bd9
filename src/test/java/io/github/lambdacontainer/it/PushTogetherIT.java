package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes that run at once do not disturb one another, and one that is killed leaves nothing half-done. */
@NeedsTool("docker-registry")
class PushTogetherIT {

    @Test
    void twoModulesPushAtOnce() throws IOException {
        Path output = It.directory("push-modules-github").resolve("output");
        Path classes = output.resolveSibling("classes");
        try (LocalRegistry registry = LocalRegistry.plain()) {
            String base = registry.push(Base.AWS_JAVA_17);
            MavenBuild build = MavenBuild.project("push-modules")
                    .from(base)
                    .property("registry", registry.address())
                    .property(
                            "lambda-container.cacheDirectory",
                            It.directory("push-modules-cache").toString())
                    .environment("GITHUB_OUTPUT", output.toString())
                    .environment("MAVEN_OPTS", "-Xlog:class+load:file=" + classes)
                    .property("lambda-container.ciOutputs", "true")
                    .argument("-T2");
            build.succeed();

            for (String module : List.of("orders", "invoices")) {
                assertThat(registry.tags("team/" + module)).containsExactly("1");
                String digest = Files.readString(
                        build.directory().resolve(module).resolve("target/lambda-container/image.digest"));
                assertThat(output)
                        .content()
                        .contains("image-uri-" + module + "=" + registry.address() + "/team/" + module + "@" + digest)
                        .contains("image-digest-" + module + "=" + digest);
            }
            assertThat(Files.readAllLines(output)).hasSize(8);
            List<String> loaded = Files.readAllLines(classes);
            assertThat(loaded).anyMatch(line -> line.contains("io.github.lambdacontainer.build.ImagePublisher"));
            assertThat(loaded).noneMatch(line -> line.contains("software.amazon.awssdk"));
        }
    }

    @Test
    void twoBuildsShareACacheThatIsEmpty() throws IOException {
        Path cache = It.directory("push-shared-cache");
        try (LocalRegistry registry = LocalRegistry.plain();
                LocalRegistry other = LocalRegistry.plain()) {
            String base = other.push(Base.WITH_JAVA);
            MavenBuild one = build(MavenBuild.project("push"), base, cache, registry.address() + "/team/first:1");
            try (Command.Running first = one.start()) {
                build(MavenBuild.project("push"), base, cache, registry.address() + "/team/second:1")
                        .succeed();
                Command.Result result = first.result();
                assertThat(result.exitCode()).as(result.log()).isZero();
            }
            assertThat(registry.tags("team/first")).containsExactly("1");
            assertThat(registry.tags("team/second")).containsExactly("1");
        }
    }

    private static MavenBuild build(MavenBuild build, String base, Path cache, String target) {
        return build.from(base)
                .goals("package", It.goal("push"))
                .property("lambda-container.cacheDirectory", cache.toString())
                .property("lambda-container.to.image", target);
    }

    /** The requests at which a push is killed: that of a layer, of the manifest by its digest, and of the tag. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v2/team/killed/blobs/uploads/",
                "PUT /v2/team/killed/blobs/uploads/",
                "PUT /v2/team/killed/manifests/sha256:",
                "PUT /v2/team/killed/manifests/1"
            })
    void aPushThatIsKilledMovesNoTagAndTheNextSucceeds(String request) throws IOException, InterruptedException {
        try (LocalRegistry registry = LocalRegistry.plain();
                HaltingProxy proxy = new HaltingProxy(registry.address(), request)) {
            MavenBuild build = MavenBuild.project("push");
            build(build, Base.AWS_JAVA_17.reference(), MavenBuild.cache(), proxy.address() + "/team/killed:1");
            try (Command.Running killed = build.start()) {
                proxy.awaitHalt();
                assertThat(killed.process().isAlive()).as(killed.log()).isTrue();
                killed.process().destroyForcibly();
                killed.result();
            }
            assertThat(registry.tags("team/killed")).isEmpty();
            assertThat(build.directory().resolve("target/lambda-container/image.json"))
                    .doesNotExist();

            MavenResult next = build(
                            MavenBuild.again(build.directory()),
                            Base.AWS_JAVA_17.reference(),
                            MavenBuild.cache(),
                            registry.address() + "/team/killed:1")
                    .succeed();
            assertThat(registry.tags("team/killed")).containsExactly("1");
            assertThat(next.json().path("imagePushed").asBoolean()).isTrue();
        }
    }
}
