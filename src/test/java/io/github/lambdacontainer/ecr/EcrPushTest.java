package io.github.lambdacontainer.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.registry.BlobSource;
import io.github.lambdacontainer.registry.Connections;
import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.CurrentImage;
import io.github.lambdacontainer.registry.CurrentImages;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.ImagePush;
import io.github.lambdacontainer.registry.MissingRepositoryException;
import io.github.lambdacontainer.registry.PushedBlob;
import io.github.lambdacontainer.registry.PushedImage;
import io.github.lambdacontainer.registry.Pusher;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.registry.Registries;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import io.github.lambdacontainer.registry.TransferListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pusher with ECR's tokens and advice, against a whole ECR. */
class EcrPushTest extends EcrTest {

    private static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

    @TempDir
    Path cache;

    private Ecr ecr;
    private Pusher pusher;

    @BeforeEach
    void build() {
        properties.keys();
        build(fake.settings());
    }

    private void build(HttpSettings settings) {
        ecr = new Ecr(settings, AwsListener.SILENT);
        Connections connections =
                new Connections(settings, new TransferListener() {}, Ecr::isPrivate, new FactCache(cache));
        List<CredentialSource> sources = List.of(ecr.credentials());
        Registries registries =
                new Registries(connections, new BlobCache(cache), new FactCache(cache), sources, ecr.advice());
        pusher = new Pusher(connections, registries, List.of(ecr.credentials()), ecr.advice());
    }

    /** An image with one layer. */
    private ImagePush image(String layerText, String... mountFrom) {
        ImageFormat format = ImageFormat.OCI;
        PushedBlob layer = layer(format.layerType(), layerText.getBytes(UTF_8));
        PushedBlob config = config(
                format.configType(),
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                        .getBytes(UTF_8));
        String manifest = ScriptedRegistry.manifestJson(format, config.descriptor(), List.of(layer.descriptor()));
        return new ImagePush(
                Reference.parse(HOST + "/team/app:1", "to.image"),
                List.of("1"),
                format,
                new RawJson(manifest.getBytes(UTF_8)),
                List.of(layer, config),
                List.of(mountFrom));
    }

    private PushedBlob layer(String type, byte[] content) {
        try {
            Path file = Files.write(cache.resolve(Digest.of(content).hex()), content);
            return new PushedBlob(
                    new Descriptor(type, Digest.of(content), content.length), new BlobSource.InFile(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PushedBlob config(String type, byte[] content) {
        return new PushedBlob(
                new Descriptor(type, Digest.of(content), content.length), new BlobSource.InMemory(content));
    }

    private Map<String, String> tags() {
        return fake.repository("team/app").tags();
    }

    @Test
    void pushesWithOneToken() throws Exception {
        fake.repository("team/app");

        PushedImage pushed = pusher.push(image("a layer"));

        assertThat(pushed.unchanged()).isFalse();
        assertThat(tags())
                .isEqualTo(Map.of("1", image("a layer").manifest().digest().toString()));
        assertThat(fake.calls()).containsExactly("GetAuthorizationToken");
    }

    @Test
    void oneQuestionIsAllThatAsksForAnImageThatIsThere() throws Exception {
        fake.repository("team/app");
        pusher.push(image("a layer"));
        int before = fake.received().size();
        build(fake.settings());

        assertThat(pusher.push(image("a layer")).unchanged()).isTrue();

        assertThat(fake.received().subList(before, fake.received().size()))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.method() + " " + request.host() + request.path())
                            .isEqualTo("HEAD " + HOST + "/v2/team/app/manifests/1");
                    assertThat(request.authorization()).isPresent();
                });
    }

    @Test
    void whatIsThereIsReadWithTheTokenOfThePush() throws Exception {
        fake.repository("team/app");
        ImagePush push = image("a layer");
        pusher.push(push);
        build(fake.settings());
        int calls = fake.calls().size();

        CurrentImages images = pusher.current();
        CurrentImage image = images.find(push.target()).orElseThrow();
        try (InputStream layer = images.open(image, image.layers().get(0))) {
            assertThat(layer).hasContent("a layer");
        }
        assertThat(pusher.push(push).unchanged()).isTrue();

        assertThat(fake.calls().subList(calls, fake.calls().size())).containsExactly("GetAuthorizationToken");
    }

    @Test
    void aRepositoryThatIsMissingHasNothingToReuse() {
        assertThat(pusher.current().find(image("a layer").target())).isEmpty();
    }

    @Test
    void createsTheRepositoryThatIsMissing() throws Exception {
        MissingRepositoryException missing =
                assertThrows(MissingRepositoryException.class, () -> pusher.push(image("a layer")));
        assertThat(missing.problem().text())
                .isEqualTo("The repository 'team/app' does not exist: " + HOST
                        + " answered 404 (NAME_UNKNOWN: The repository with name 'team/app' does not exist in the"
                        + " registry with id '123456789012').\n"
                        + "  Setting: <to><createRepository> (-Dlambda-container.to.createRepository)\n"
                        + "  Next: Create it with 'aws ecr create-repository --repository-name team/app --region"
                        + " eu-central-1', or set this to true. If the image belongs to another account or"
                        + " region, correct <to><image>.");

        NewRepository plain = new NewRepository(Optional.empty(), false, Optional.empty(), Map.of(), true, List.of());
        assertThat(ecr.create(image("a layer").target(), plain)).isTrue();
        assertThat(ecr.create(image("a layer").target(), plain)).isFalse();
        pusher.push(image("a layer"));

        assertThat(tags()).containsKey("1");
        assertThat(fake.repository("team/app").policy()).isPresent();
    }

    /** A template of the account, and not this build, says what the repository is like. */
    @ParameterizedTest
    @ValueSource(strings = {"", "team/base"})
    void leavesItToATemplateToCreateTheRepository(String mountFrom) throws Exception {
        fake.createOnPush();

        PushedImage pushed = pusher.push(mountFrom.isEmpty() ? image("a layer") : image("a layer", mountFrom));

        assertThat(pushed.uploaded()).isEqualTo(2);
        assertThat(tags())
                .isEqualTo(Map.of("1", image("a layer").manifest().digest().toString()));
        assertThat(fake.calls()).containsExactly("GetAuthorizationToken");
    }

    @Test
    void takesAnImmutableTagThatNamesTheImage() throws Exception {
        fake.repository("team/app").immutable();
        pusher.push(image("a layer"));

        assertThat(pusher.push(image("a layer")).unchanged()).isTrue();
    }

    @Test
    void movesNoImmutableTag() throws Exception {
        fake.repository("team/app").immutable();
        pusher.push(image("a layer"));
        String before = image("a layer").manifest().digest().toString();
        String after = image("another").manifest().digest().toString();

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> pusher.push(image("another")))
                .withMessageContaining(before)
                .withMessageContaining(after)
                .withMessageContaining("cannot be overwritten because the repository is immutable.");
        assertThat(tags()).containsEntry("1", before);
    }

    @Test
    void asksForOneMoreTokenIfItsOwnExpires() throws Exception {
        fake.repository("team/app");
        pusher.push(image("a layer"));
        fake.expireTokens();

        pusher.push(image("another"));

        assertThat(tags())
                .isEqualTo(Map.of("1", image("another").manifest().digest().toString()));
        assertThat(fake.calls()).containsExactly("GetAuthorizationToken", "GetAuthorizationToken");
    }

    /** The SDK reads the time in the refusal, and signs anew with it. */
    @ParameterizedTest
    @ValueSource(longs = {-120, 120})
    void pushesWithAClockThatIsWrong(long minutesAhead) throws Exception {
        fake.repository("team/app");
        fake.clockAhead(Duration.ofMinutes(minutesAhead));

        pusher.push(image("a layer"));

        assertThat(tags())
                .isEqualTo(Map.of("1", image("a layer").manifest().digest().toString()));
        assertThat(fake.calls()).containsExactly("GetAuthorizationToken", "GetAuthorizationToken");
    }

    @Test
    void namesTheActionThatIsMissing() {
        fake.repository("team/app");
        fake.deny("ecr:InitiateLayerUpload");

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> pusher.push(image("a layer")))
                .withMessage("The image '" + HOST + "/team/app:1' may not be pushed: " + HOST
                        + " answered 403 (DENIED: "
                        + FakeEcr.denied(
                                "ecr:InitiateLayerUpload", "arn:aws:ecr:eu-central-1:123456789012:repository/team/app")
                        + "), with a token for the AWS credentials from the system properties aws.accessKeyId and"
                        + " aws.secretAccessKey.\n"
                        + "  Setting: <to><auth> (-Dlambda-container.to.auth)\n"
                        + "  Next: Allow the action ecr:InitiateLayerUpload on this repository of the account"
                        + " 123456789012, in IAM and, for another account, in the repository's policy.");
        assertThat(tags()).isEmpty();
    }

    @Test
    void mountsWhatASiblingHasOnlyWhereTheAccountMounts() throws Exception {
        fake.repository("team/app");
        FakeRepository sibling = fake.repository("team/base");
        byte[] layer = "a layer".getBytes(UTF_8);
        sibling.blob(layer);
        sibling.manifest(
                ImageFormat.OCI.manifestType(), image("a layer").manifest().bytes(), "1");

        assertThat(pusher.push(image("a layer", "team/base")).mounted()).isZero();

        fake.mountBlobs();
        fake.repository("team/base").blob("another".getBytes(UTF_8));
        sibling.manifest(
                ImageFormat.OCI.manifestType(), image("another").manifest().bytes(), "2");
        assertThat(pusher.push(image("another", "team/base")).mounted()).isEqualTo(1);
    }

    /** The credentials are of another account than the one in the registry's name. */
    @Test
    void saysThatTheRepositoryOfAnotherAccountMayNotBeWritten() {
        String refused = "User: arn:aws:sts::210987654321:assumed-role/ci/build is not authorized to perform:"
                + " ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-central-1:123456789012:repository/team/app"
                + " because no resource-based policy allows the ecr:InitiateLayerUpload action";
        fake.repository("team/app");
        fake.denyWith("ecr:InitiateLayerUpload", refused);

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> pusher.push(image("a layer")))
                .withMessage("The image '" + HOST + "/team/app:1' may not be pushed: " + HOST
                        + " answered 403 (DENIED: " + refused
                        + "), with a token for the AWS credentials from the system"
                        + " properties aws.accessKeyId and aws.secretAccessKey.\n"
                        + "  Setting: <to><auth> (-Dlambda-container.to.auth)\n"
                        + "  Next: The credentials are of the account 210987654321 and the registry is of the account"
                        + " 123456789012: allow the action ecr:InitiateLayerUpload to them in the repository's policy,"
                        + " or correct <to><image>.");
        assertThat(tags()).isEmpty();
    }

    @Test
    void saysWhyThereAreNoCredentials() {
        fake.repository("team/app");
        properties.remove("aws.accessKeyId").set("aws.profile", "dev");

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> pusher.push(image("a layer")))
                .withMessage("The image '" + HOST + "/team/app:1' may not be pushed: " + HOST
                        + " answered 401 (Not Authorized), without credentials, as there are none for it in the AWS"
                        + " SDK's default credential chain: there is no AWS profile 'dev'.\n"
                        + "  Setting: <to><auth> (-Dlambda-container.to.auth)\n"
                        + "  Next: Correct AWS_PROFILE, or add the profile with 'aws configure --profile dev'.");
    }
}
