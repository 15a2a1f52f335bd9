package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the user reads when an image cannot be pushed. */
@NeedsTool({"docker-registry", "htpasswd"})
class PushFailureIT {

    private static final String OFFLINE = "Maven works offline, and an image cannot be pushed without a network."
            + "\n  Next: Run Maven without -o, or take the goal build, which needs no network once the base is in the"
            + " cache.";

    private static MavenBuild push(MavenBuild build) {
        return build.from(Base.AWS_JAVA_17).goals("package", It.goal("push"));
    }

    @Test
    void aPasswordThatTheRegistryDoesNotTake() throws IOException {
        try (LocalRegistry registry = LocalRegistry.secure()) {
            String target = registry.address() + "/team/wrong:1";
            MavenBuild build = MavenBuild.project("push").goals("package", It.goal("build"));
            MavenResult built = build.from(Base.AWS_JAVA_17).succeed();
            String json = Files.readString(built.output("image.json"));

            assertThat(push(MavenBuild.again(build.directory()))
                            .property("lambda-container.to.image", target)
                            .trusting(registry)
                            .settings(registry.server(Canaries.WRONG_PASSWORD))
                            .argument("-X")
                            .fail()
                            .failure())
                    .isEqualTo("The image '" + target + "' may not be pushed: " + registry.address()
                            + " answered 401 (UNAUTHORIZED: authentication required), with the credentials from"
                            + " settings.xml."
                            + "\n  Setting: <to><auth> (-Dlambda-container.to.auth)"
                            + "\n  Next: Log in with 'docker login " + registry.address()
                            + "', or give credentials that may push it.");
            assertThat(built.output("image.json")).hasContent(json);
            assertThat(registry.tags("team/wrong")).isEmpty();
        }
    }

    @Test
    void offlineWithoutANameAndWithHalfACredentialAllIsSaidAtOnce() {
        assertThat(push(MavenBuild.project("request-handler"))
                        .goals(It.goal("push"))
                        .argument("-o")
                        .property("lambda-container.to.auth.username", "AWS")
                        .fail()
                        .failure())
                .isEqualTo("3 problems keep the image from being built:\n- " + OFFLINE
                        + "\n- There is no repository to push the image to."
                        + "\n  Setting: <to><image> (-Dlambda-container.to.image)"
                        + "\n  Next: Name it with a tag, such as"
                        + " 123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-function:1."
                        + "\n- The credentials for the image to push have no password."
                        + "\n  Setting: <to><auth><password> (-Dlambda-container.to.auth.password)"
                        + "\n  Next: Give both, or neither and keep them in settings.xml.");
    }

    @Test
    void aRegistryThatSpeaksPlainHttpElsewhereGetsNothing() throws IOException {
        try (LocalRegistry registry = LocalRegistry.plain();
                TunnelProxy proxy = new TunnelProxy(registry.address())) {
            assertThat(push(MavenBuild.project("push"))
                            .property("lambda-container.to.image", "registry.example/team/plain:1")
                            .settings(proxy.settings())
                            .fail()
                            .failure())
                    .startsWith("registry.example could not be reached while ")
                    .contains("Setting: <to><image> (-Dlambda-container.to.image)");
            assertThat(proxy.requests())
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("CONNECT registry.example:443 "));
            assertThat(registry.requests("team/plain")).isEmpty();
        }
    }

    @Test
    void outputsThatCannotBeWrittenEndThePushBeforeItBegins() throws IOException {
        Path directory = It.directory("push-outputs");
        try (LocalRegistry registry = LocalRegistry.plain()) {
            assertThat(push(MavenBuild.project("push"))
                            .property("lambda-container.to.image", registry.address() + "/team/outputs:1")
                            .environment("GITHUB_ACTIONS", "true")
                            .environment("GITHUB_OUTPUT", directory.toString())
                            .fail()
                            .failure())
                    .isEqualTo("The file '" + directory
                            + "', which the variable GITHUB_OUTPUT names, could not be written: Is a directory."
                            + "\n  Setting: <ciOutputs> (-Dlambda-container.ciOutputs)"
                            + "\n  Next: Make the file writable, or switch these outputs off with false.");
            assertThat(registry.tags("team/outputs")).isEmpty();
        }
    }
}
