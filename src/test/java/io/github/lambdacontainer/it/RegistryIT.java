package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Bases come from a real registry. */
@NeedsTool({"docker-registry", "htpasswd"})
class RegistryIT {

    @Test
    void aBaseIsReadFromARegistryAndIsTheSameAsFromALayout() {
        String fromLayout = build(Base.WITHOUT_JAVA.reference()).succeed().digest();
        try (LocalRegistry registry = LocalRegistry.plain()) {
            MavenResult result = build(registry.push(Base.WITHOUT_JAVA)).succeed();
            assertThat(result.digest()).isEqualTo(fromLayout);
            assertThat(result.json().path("base").path("kind").asText()).isNotEmpty();
        }
    }

    @Test
    void aBaseThatIsCachedServesABuildOffline() {
        String base;
        String digest;
        try (LocalRegistry registry = LocalRegistry.plain()) {
            base = registry.push(Base.WITHOUT_JAVA);
            digest = build(base).succeed().digest();
        }
        assertThat(build(base).argument("-o").succeed().digest()).isEqualTo(digest);
    }

    @Test
    void aPasswordOfTheSettingsOpensARegistryOverTls() {
        try (LocalRegistry registry = LocalRegistry.secure()) {
            MavenResult result = build(registry.push(Base.WITHOUT_JAVA))
                    .trusting(registry)
                    .settings(registry.server(Canaries.PASSWORD))
                    .argument("-X")
                    .succeed();
            assertThat(result.archive()).isRegularFile();
        }
    }

    @Test
    void aMissingPasswordIsSaid() {
        try (LocalRegistry registry = LocalRegistry.secure()) {
            String base = registry.push(Base.WITHOUT_JAVA);
            assertThat(build(base).trusting(registry).fail().failure())
                    .startsWith(
                            "The base image '" + base + "' may not be read: " + registry.address() + " answered 401")
                    .contains("Setting: <from><auth> (-Dlambda-container.from.auth)")
                    .contains("Log in with 'docker login " + registry.address() + "'");
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsSaid() {
        try (LocalRegistry registry = LocalRegistry.secure()) {
            assertThat(build(registry.push(Base.WITHOUT_JAVA)).fail().failure())
                    .contains("its certificate is not trusted");
        }
    }

    @Test
    void aBaseThatIsNotThereIsNamed() {
        try (LocalRegistry registry = LocalRegistry.plain()) {
            String base = registry.address() + "/lambda/java:99";
            assertThat(build(base).fail().failure())
                    .startsWith("The base image '" + base + "' was not found: " + registry.address() + " answered 404")
                    .endsWith("\n  Setting: <from><image> (-Dlambda-container.from.image)"
                            + "\n  Next: Correct the name, the tag or the digest.");
        }
    }

    @Test
    void aBaseThatIsNotCachedEndsABuildOffline() {
        String base = "127.0.0.1:1/lambda/java:17";
        assertThat(build(base).argument("-o").fail().failure())
                .matches("(?s)The \\w+ of the base image '\\Q" + base
                        + "\\E' is not in the cache, and Maven works offline\\."
                        + "\n  Setting: <from><image> \\(-Dlambda-container\\.from\\.image\\)"
                        + "\n  Next: Run the build once without -o\\.");
    }

    private static MavenBuild build(String base) {
        return MavenBuild.project("request-handler").from(base);
    }
}
