package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The tests' registry gives what was pushed into it, as other tools see it. */
@NeedsTool({"docker-registry", "htpasswd", "skopeo"})
class LocalRegistryIT {

    @Test
    void aPushedBaseIsAnIndexOfTwoArchitecturesAndTheirAttestations() throws IOException {
        try (LocalRegistry registry = LocalRegistry.plain()) {
            String reference = registry.push(Base.AWS_OS_ONLY);
            String index = inspect("--raw", "--tls-verify=false", reference);
            assertThat(ImageLayout.JSON.readTree(index).path("manifests")).hasSize(4);
            assertThat(index).contains("application/vnd.docker.distribution.manifest.list.v2+json");
            assertThat(inspect("--config", "--tls-verify=false", reference)).contains("/lambda-entrypoint.sh");
        }
    }

    @Test
    void aRegistryWithAPasswordAsksForIt() {
        try (LocalRegistry registry = LocalRegistry.secure()) {
            String reference = registry.push(Base.WITHOUT_JAVA);
            assertThat(Command.of(
                                    Tools.get("skopeo"),
                                    "inspect",
                                    "--no-creds",
                                    "--tls-verify=false",
                                    "docker://" + reference)
                            .run()
                            .errors())
                    .contains("authentication required");
            assertThat(inspect(
                            "--creds=" + LocalRegistry.USER + ":" + Canaries.PASSWORD, "--tls-verify=false", reference))
                    .contains("linux");
        }
    }

    private static String inspect(String first, String second, String reference) {
        return Command.of(Tools.get("skopeo"), "inspect", first, second, "docker://" + reference)
                .output();
    }
}
