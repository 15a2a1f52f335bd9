package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.ecr.ApiFault;
import io.github.lambdacontainer.ecr.FakeEcr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images are pushed to Amazon ECR, by Maven with the AWS SDK as the plugin brings it. */
class EcrIT {

    private static final String ACCOUNT = "123456789012";
    private static final String REPOSITORY = "team/app";

    private Path directory;
    private FakeEcr ecr;

    @BeforeEach
    void start() throws IOException {
        directory = It.directory("ecr");
        ecr = FakeEcr.start(directory);
    }

    @AfterEach
    void stop() {
        ecr.close();
    }

    private MavenBuild push(MavenBuild build, String host) {
        return build.goals("package", It.goal("push"))
                .from(Base.AWS_JAVA_17)
                .property("lambda-container.to.image", host + "/" + REPOSITORY + ":1")
                .settings("<proxies><proxy><id>ecr</id><active>true</active><protocol>https</protocol>"
                        + "<host>127.0.0.1</host><port>" + ecr.proxy().port() + "</port></proxy></proxies>")
                .environment(
                        "MAVEN_OPTS",
                        "-Djavax.net.ssl.trustStorePassword=changeit -Djavax.net.ssl.trustStore=" + ecr.trustStore())
                .environment("AWS_CONFIG_FILE", directory.resolve("config").toString())
                .environment("AWS_SHARED_CREDENTIALS_FILE", credentials().toString())
                .environment("AWS_EC2_METADATA_DISABLED", "true")
                .argument("-X");
    }

    /** A file, since Maven's own plugins print the environment with {@code -X}. */
    private Path credentials() {
        try {
            return Files.writeString(
                    directory.resolve("credentials"),
                    "[default]\naws_access_key_id = " + FakeEcr.ACCESS_KEY + "\naws_secret_access_key = "
                            + FakeEcr.SECRET_KEY + "\naws_session_token = " + FakeEcr.SESSION_TOKEN + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRepositoryThatIsMissingIsNotCreatedUnasked() {
        ecr.fail("GetAuthorizationToken", ApiFault.throttled());

        MavenResult result = push(MavenBuild.project("push"), ecr.host()).fail();

        assertThat(result.log())
                .containsPattern("\\[INFO] Waiting \\d+\\.\\d s for Amazon ECR in eu-central-1: ThrottlingException:"
                        + " Rate exceeded\\R");
        assertThat(result.failure())
                .isEqualTo("The repository 'team/app' does not exist: " + ecr.host()
                        + " answered 404 (NAME_UNKNOWN: The repository with name 'team/app' does not exist in the"
                        + " registry with id '123456789012')."
                        + "\n  Setting: <to><createRepository> (-Dlambda-container.to.createRepository)"
                        + "\n  Next: Create it with 'aws ecr create-repository --repository-name team/app --region"
                        + " eu-central-1', or set this to true. If the image belongs to another account or region,"
                        + " correct <to><image>.");
        assertThat(ecr.find(REPOSITORY)).isEmpty();
        assertThat(ecr.calls()).containsExactly("GetAuthorizationToken", "GetAuthorizationToken");
    }

    @Test
    void aRepositoryThatIsMissingIsCreatedAndAFunctionCanReadTheImage() {
        String fips = ACCOUNT + ".dkr.ecr-fips.eu-central-1.amazonaws.com";
        MavenBuild build = MavenBuild.project("push");

        MavenResult result = push(build, fips)
                .property("lambda-container.to.createRepository", "true")
                .property("lambda-container.to.repository.lambdaPullPolicy", "true")
                .succeed();

        String uri = ecr.host() + "/" + REPOSITORY + "@" + result.digest();
        assertThat(result.json().path("imageUri").asText()).isEqualTo(uri);
        assertThat(result.json().path("imagePushed").asBoolean()).isTrue();
        assertThat(result.lines("Pushed: ")).containsExactly(uri);
        assertThat(result.lines("Created the repository: ")).containsExactly(fips + "/" + REPOSITORY);
        assertThat(result.log()).contains("[DEBUG] ").doesNotContain("[DEBUG] AWS4");
        assertThat(ecr.calls()).containsExactly("GetAuthorizationToken", "CreateRepository", "SetRepositoryPolicy");
        assertThat(ecr.repository(REPOSITORY).tags()).containsOnlyKeys("1").containsValue(result.digest());
        assertThat(ecr.repository(REPOSITORY).policy()).isPresent();
        assertThat(ecr.proxy().hosts()).contains(fips, "api.ecr-fips.eu-central-1.amazonaws.com");

        int before = ecr.received().size();
        MavenResult again = push(MavenBuild.again(build.directory()), fips).succeed();
        assertThat(again.lines("Already there: ")).containsExactly("every tag names this image");
        assertThat(ecr.received().subList(before, ecr.received().size()))
                .extracting(request -> request.method() + " " + request.host() + request.path())
                .containsExactly("HEAD " + fips + "/v2/team/app/manifests/1");
    }
}
