package io.github.lambdacontainer.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdacontainer.image.Digest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** The fake is as strict as ECR is where a push meets it. */
class FakeEcrTest extends EcrTest {

    private static final byte[] LAYER = "a layer".getBytes(UTF_8);
    private static final String DIGEST = Digest.of(LAYER).toString();
    private static final String MANIFEST = "{\"schemaVersion\":2,\"config\":{\"digest\":\"" + DIGEST
            + "\"},\"layers\":[{\"digest\":\"" + DIGEST + "\"}]}";

    private HttpClient http;
    private String authorization;

    @BeforeEach
    void logIn() {
        http = HttpClient.newBuilder().proxy(fake.proxy().selector()).build();
        authorization = "Basic " + fake.newToken();
    }

    private HttpResponse<String> send(String method, String path, byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("https://" + fake.host() + path))
                        .method(method, BodyPublishers.ofByteArray(body))
                        .header("Authorization", authorization)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return send(method, path, new byte[0]);
    }

    private void push(String repository) throws Exception {
        URI upload = URI.create(send("POST", "/v2/" + repository + "/blobs/uploads/")
                .headers()
                .firstValue("Location")
                .orElseThrow());
        assertThat(send("PUT", upload.getPath() + "?digest=" + DIGEST, LAYER).statusCode())
                .isEqualTo(201);
        assertThat(send("PUT", "/v2/" + repository + "/manifests/1", MANIFEST.getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void describesRepositoriesToTheSdk() {
        fake.repository("app").immutable();
        try (EcrClient client = client()) {
            assertThat(client.describeRepositories(r -> r.repositoryNames("app"))
                            .repositories())
                    .singleElement()
                    .satisfies(repository -> {
                        assertThat(repository.imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE);
                        assertThat(repository.repositoryUri()).isEqualTo(fake.host() + "/app");
                    });
            assertThatExceptionOfType(RepositoryNotFoundException.class)
                    .isThrownBy(() -> client.describeRepositories(r -> r.repositoryNames("other")));
        }
    }

    private EcrClient client() {
        return EcrClient.builder()
                .region(Region.EU_CENTRAL_1)
                .httpClient(new AwsHttpClient(fake.settings()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsSessionCredentials.create(FakeEcr.ACCESS_KEY, FakeEcr.SECRET_KEY, FakeEcr.SESSION_TOKEN)))
                .build();
    }

    @Test
    void holdsJsonAgainstTheSdksModel() throws Exception {
        ObjectMapper json = new ObjectMapper();

        assertThat(SdkShapes.differences(
                        CreateRepositoryRequest.builder().build(),
                        json.readTree("{\"repositoryName\":1,\"colour\":\"red\",\"tags\":[{\"key\":\"a\"}],"
                                + "\"imageScanningConfiguration\":{\"scanOnPush\":\"yes\"}}")))
                .containsExactlyInAnyOrder(
                        "/repositoryName is not a String",
                        "/colour is not known",
                        "/tags[]/key is not known",
                        "/imageScanningConfiguration/scanOnPush is not a Boolean");
        assertThat(SdkShapes.differences(
                        CreateRepositoryResponse.builder().build(), json.readTree("{\"repository\":[]}")))
                .containsExactly("/repository is no object");
    }

    @Test
    void wantsAToken() throws Exception {
        authorization = "Basic " + Base64.getEncoder().encodeToString("AWS:wrong".getBytes(UTF_8));

        HttpResponse<String> response = send("GET", "/v2/");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Www-Authenticate"))
                .contains("Basic realm=\"https://" + fake.host() + "/\",service=\"ecr.amazonaws.com\"");
    }

    @Test
    void refusesAnExpiredToken() throws Exception {
        fake.expireTokens();

        HttpResponse<String> response = send("GET", "/v2/");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("Your authorization token has expired. Reauthenticate and try again.");
    }

    @Test
    void redirectsToTheLayersHost() throws Exception {
        fake.repository("app");
        push("app");

        HttpResponse<String> response = send("GET", "/v2/app/blobs/" + DIGEST);
        URI layer = URI.create(response.headers().firstValue("Location").orElseThrow());

        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(layer.getHost()).isEqualTo(fake.layerHost());
        assertThat(http.send(HttpRequest.newBuilder(layer).build(), BodyHandlers.ofByteArray())
                        .body())
                .isEqualTo(LAYER);
        assertThat(http.send(
                                HttpRequest.newBuilder(layer)
                                        .header("Authorization", authorization)
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void mountsOnlyWhereTheAccountMounts() throws Exception {
        fake.repository("app");
        fake.repository("copy");
        push("app");
        String mount = "/v2/copy/blobs/uploads/?mount=" + DIGEST + "&from=app";

        assertThat(send("POST", mount).statusCode()).isEqualTo(202);
        fake.mountBlobs();
        assertThat(send("POST", mount).statusCode()).isEqualTo(201);
        assertThat(fake.repository("copy").blobs()).containsExactly(DIGEST);
    }

    @Test
    void movesNoImmutableTag() throws Exception {
        fake.repository("app").immutable();
        push("app");

        HttpResponse<String> response = send("PUT", "/v2/app/manifests/1", MANIFEST.getBytes(UTF_8));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("TAG_INVALID", "cannot be overwritten because the repository is immutable");
    }

    @Test
    void knowsNoRepositoryThatWasNotCreated() throws Exception {
        HttpResponse<String> response = send("POST", "/v2/app/blobs/uploads/");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .contains("The repository with name 'app' does not exist in the registry with id '123456789012'");
    }

    @Test
    void deniesActions() throws Exception {
        fake.repository("app");
        fake.deny("ecr:InitiateLayerUpload");

        HttpResponse<String> response = send("POST", "/v2/app/blobs/uploads/");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("is not authorized to perform: ecr:InitiateLayerUpload");
    }

    @Test
    void takesNoManifestWithoutItsLayers() throws Exception {
        fake.repository("app");

        assertThat(send("PUT", "/v2/app/manifests/1", MANIFEST.getBytes(UTF_8)).statusCode())
                .isEqualTo(404);
    }
}
