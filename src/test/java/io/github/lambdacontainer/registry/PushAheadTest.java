package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.registry.PushedApp.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A push that begins before its image is known. */
class PushAheadTest extends PushScene {

    private static final CompletableFuture<Boolean> NOW = CompletableFuture.completedFuture(true);

    private PushAhead begin(Pusher pusher) {
        PushAhead ahead = pusher.ahead(push.target(), push.tags());
        ahead.bring(baseBlobs(), List.of(), NOW);
        return ahead;
    }

    private List<PushedBlob> baseBlobs() {
        return List.of(new PushedBlob(baseLayer, new BlobSource.InRegistry(source.reference("base:1"))));
    }

    /** Answers a request of this verb for blobs of the target as it would be, and tells that it came. */
    private CountDownLatch coming(String method, String pathPart) {
        CountDownLatch came = new CountDownLatch(1);
        registry.guard(request -> {
            if (request.method().equals(method) && request.path().contains(pathPart)) {
                came.countDown();
            }
            return Optional.empty();
        });
        return came;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneQuestionIsAllWhereTheTagNamesTheImage() throws Exception {
        client.pusher().push(push);
        registry.forget();
        source.forget();
        Pusher pusher = client.pusher();

        try (PushAhead ahead = begin(pusher)) {
            assertThat(pusher.push(push, ahead)).isEqualTo(new PushedImage(true, 3, 0, 0, 0));
        }

        assertThat(registry.requests()).containsExactly("HEAD /v2/app/manifests/1");
        assertThat(source.requests()).isEmpty();
    }

    /** Another build moves it while the image of this one is made. */
    @Test
    void whatTheTagNamedLongAgoIsAskedForAgain() throws Exception {
        client.pusher().push(push);
        Pusher pusher = client.pusher();

        try (PushAhead ahead = pusher.ahead(push.target(), push.tags())) {
            assertThat(ahead.named()).contains(digest());
            client.sleep(Duration.ofMinutes(5));
            earlierImage();
            assertThat(pusher.push(push, ahead)).isEqualTo(new PushedImage(false, 3, 0, 0, 0));
        }

        assertPushed();
    }

    @Test
    void twoQuestionsAreAllWhereTheTagStillNamesTheImageAfterLong() throws Exception {
        client.pusher().push(push);
        registry.forget();
        Pusher pusher = client.pusher();

        try (PushAhead ahead = pusher.ahead(push.target(), push.tags())) {
            assertThat(ahead.named()).contains(digest());
            client.sleep(Duration.ofMinutes(5));
            assertThat(pusher.push(push, ahead)).isEqualTo(new PushedImage(true, 3, 0, 0, 0));
        }

        assertThat(registry.requests()).containsExactly("HEAD /v2/app/manifests/1", "HEAD /v2/app/manifests/1");
    }

    @Test
    void aLayerThatMovesAheadIsNeitherAskedForNorSentAgain() throws Exception {
        Pusher pusher = client.pusher();
        CountDownLatch sent = coming("PUT", "/blobs/uploads/");

        try (PushAhead ahead = begin(pusher)) {
            await(sent);
            assertThat(pusher.push(push, ahead)).isEqualTo(new PushedImage(false, 0, 0, 3, 500_000 + configSize()));
        }

        assertPushed();
        List<String> requests = registry.requests();
        assertThat(requests.subList(0, 3))
                .containsExactly(
                        "HEAD /v2/app/manifests/1",
                        "HEAD /v2/app/blobs/" + baseLayer.digest(),
                        "POST /v2/app/blobs/uploads/");
        assertThat(asked("HEAD", "/manifests/1")).isOne();
        assertThat(asked("HEAD", "/blobs/")).isEqualTo(3);
        assertThat(asked("POST", "/blobs/uploads/")).isEqualTo(3);
        assertThat(source.requests()).containsExactly("GET /v2/base/blobs/" + baseLayer.digest());
        assertThat(client.told.stream().filter(line -> line.equals("uploading 300000")))
                .hasSize(1);
        assertThat(client.uploaded).hasValue(500_000 + configSize());
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void nothingMovesAheadWhereTheTagNamesAnotherImage() throws Exception {
        earlierImage();
        Pusher pusher = client.pusher();
        CountDownLatch moved = coming("POST", "/blobs/uploads/");

        try (PushAhead ahead = begin(pusher)) {
            assertThat(ahead.named()).isPresent();
            assertThat(moved.await(300, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(registry.requests()).containsExactly("HEAD /v2/app/manifests/1");
            assertThat(pusher.push(push, ahead)).isEqualTo(new PushedImage(false, 0, 0, 3, 500_000 + configSize()));
        }

        assertPushed();
        assertThat(asked("HEAD", "/manifests/1")).isOne();
    }

    @Test
    void aGuessThatWasWrongIsNoPartOfThePush() throws Exception {
        Pusher pusher = client.pusher();
        Descriptor other = source.blob("base", ImageFormat.OCI.layerType(), random(7, 1000));
        BlobSource there = new BlobSource.InRegistry(source.reference("base:1"));
        source.fail(other.digest().hex(), Fault.status(418, ""));

        try (PushAhead ahead = pusher.ahead(push.target(), push.tags())) {
            ahead.bring(List.of(new PushedBlob(other, there)), List.of(), NOW);
            ahead.bring(baseBlobs(), List.of(), NOW);
            ahead.bring(baseBlobs(), List.of(), NOW);
            assertThat(pusher.push(push, ahead)).isEqualTo(new PushedImage(false, 0, 0, 3, 500_000 + configSize()));
        }

        assertPushed();
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void mountsAheadAndCountsIt() throws Exception {
        registry.blob("sibling", ImageFormat.OCI.layerType(), BASE_LAYER);
        Pusher pusher = client.pusher();

        try (PushAhead ahead = pusher.ahead(push.target(), push.tags())) {
            ahead.bring(baseBlobs(), List.of("sibling"), NOW);
            assertThat(pusher.push(push, ahead)).isEqualTo(new PushedImage(false, 0, 1, 2, 200_000 + configSize()));
        }

        assertPushed();
        assertThat(source.requests()).isEmpty();
    }

    /** A push of nine layers, each of which begins alone. */
    private List<PushedBlob> manyLayers() {
        PushedApp app = new PushedApp(ImageFormat.OCI, directory.resolve("layers"));
        for (int i = 0; i < 9; i++) {
            app.layer(random(100 + i, 1_000));
        }
        push = app.push(registry.reference("app:1"), "1");
        return push.blobs().subList(0, 9);
    }

    @Test
    void allPartsTogetherSendThreeBlobsAtOnce() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        registry.guard(request -> {
            if (request.method().equals("POST") && request.path().endsWith("/blobs/uploads/")) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                pause();
                now.decrementAndGet();
            }
            return Optional.empty();
        });
        Pusher pusher = client.pusher();

        try (PushAhead ahead = pusher.ahead(push.target(), push.tags())) {
            manyLayers().forEach(layer -> ahead.bring(List.of(layer), List.of(), NOW));
            pusher.push(push, ahead);
        }

        assertPushed();
        assertThat(most).hasValueBetween(1, 3);
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void allPartsTogetherAskEachRepositoryThatRefusesToMountOnce() throws Exception {
        registry.guard(request -> request.query().contains("mount=")
                ? Optional.of(Fault.error(403, "DENIED", "not you"))
                : Optional.empty());
        Pusher pusher = client.pusher();
        List<String> siblings = List.of("one", "two");

        try (PushAhead ahead = pusher.ahead(push.target(), push.tags())) {
            manyLayers().forEach(layer -> ahead.bring(List.of(layer), siblings, NOW));
            assertThat(pusher.push(push, ahead).uploaded()).isEqualTo(10);
        }

        assertPushed();
        assertThat(registry.received().stream()
                        .filter(request -> request.query().contains("mount=")))
                .hasSize(2);
    }

    @Test
    void whatTwoPartsHaveInCommonIsSentOnce() throws Exception {
        Pusher pusher = client.pusher();
        CountDownLatch asked = coming("HEAD", "/blobs/sha256:");
        List<PushedBlob> layers = manyLayers();

        try (PushAhead ahead = pusher.ahead(push.target(), push.tags())) {
            ahead.bring(layers, List.of(), NOW);
            ahead.bring(layers, List.of(), NOW);
            await(asked);
            assertThat(pusher.push(push, ahead).uploaded()).isEqualTo(10);
        }

        assertPushed();
        assertThat(asked("PUT", "/blobs/uploads/")).isEqualTo(10);
    }

    /** Another build creates it at the same time. */
    @Test
    void aRepositoryThatCameMeanwhileIsNotMissing() throws Exception {
        Pusher pusher = client.pusher();
        CountDownLatch refused = new CountDownLatch(1);
        registry.guard(request -> {
            return request.method().equals("POST") && refused.getCount() > 0
                    ? Optional.of((exchange, content, closing) -> {
                        Fault.error(404, "NAME_UNKNOWN", "no such repository").answer(exchange, content, closing);
                        refused.countDown();
                    })
                    : Optional.empty();
        });

        try (PushAhead ahead = begin(pusher)) {
            await(refused);
            assertThat(pusher.push(push, ahead)).isEqualTo(new PushedImage(false, 0, 0, 3, 500_000 + configSize()));
        }

        assertPushed();
    }

    /** Another architecture's image creates it. */
    @Test
    void mountsOnceTheRepositoryIsThere() throws Exception {
        Descriptor layer = registry.blob("base", ImageFormat.OCI.layerType(), BASE_LAYER);
        push = new PushedApp(ImageFormat.OCI, directory.resolve("layers"))
                .base(registry.reference("base:1"), layer)
                .layer(LAYER)
                .push(registry.reference("app:1"), "1");
        Pusher pusher = client.pusher();
        CountDownLatch refused = new CountDownLatch(2);
        registry.guard(request -> request.method().equals("POST") && refused.getCount() > 0
                ? Optional.of((exchange, content, closing) -> {
                    Fault.error(404, "NAME_UNKNOWN", "no such repository").answer(exchange, content, closing);
                    refused.countDown();
                })
                : Optional.empty());

        try (PushAhead ahead = pusher.ahead(push.target(), push.tags())) {
            ahead.bring(push.blobs().subList(0, 1), List.of(), NOW);
            await(refused);
            assertThat(pusher.push(push, ahead)).isEqualTo(new PushedImage(false, 0, 1, 2, 200_000 + configSize()));
        }

        assertPushed();
    }

    @Test
    void waitsForALayerThatIsBroughtIntoTheCacheAnyway() throws Exception {
        Connections connections =
                new Connections(HttpSettings.DEFAULT, client, registry -> false, client.facts(), client);
        Registries registries = client.registries(connections);
        Pusher pusher = new Pusher(connections, registries, List.of(), RefusalAdvice.NONE);
        CompletableFuture<Boolean> brought = new CompletableFuture<>();

        try (PushAhead ahead = pusher.ahead(push.target(), push.tags())) {
            ahead.bring(baseBlobs(), List.of(), brought);
            registries.fetch(source.reference("base:1"), baseLayer);
            brought.complete(true);
            pusher.push(push, ahead);
        }

        assertPushed();
        assertThat(source.requests()).containsExactly("GET /v2/base/blobs/" + baseLayer.digest());
    }

    @Test
    void aFailureIsToldWhenThePushComesToIt() throws Exception {
        registry.fail("POST /blobs/uploads/", Fault.error(403, "DENIED", "not you"));
        Pusher pusher = client.pusher();

        try (PushAhead ahead = begin(pusher)) {
            assertThat(ahead.named()).isEmpty();
            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> pusher.push(push, ahead))
                    .withMessage("The image '" + registry.host() + "/app:1' may not be pushed: " + registry.host()
                            + " answered 403 (DENIED: not you), without credentials." + TO_AUTH
                            + "Log in with 'docker login " + registry.host()
                            + "', or give credentials that may push it.");
        }

        assertThat(registry.store().tag("app", "1")).isEmpty();
        assertThat(client.told.stream().filter(line -> line.startsWith("uploading 300000")))
                .hasSizeLessThan(2);
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void aTagThatCannotBeAskedForIsToldWhenThePushComesToIt() throws Exception {
        registry.fail("HEAD /manifests/1", times(5, Fault.status(503, "")));
        Pusher pusher = client.pusher();

        try (PushAhead ahead = begin(pusher)) {
            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> pusher.push(push, ahead))
                    .withMessageStartingWith(registry.host());
        }

        assertThat(asked("HEAD", "/manifests/1")).isEqualTo(5);
        assertThat(client.told.stream().filter(line -> line.startsWith("waiting")))
                .hasSize(4);
    }

    @Test
    void aRepositoryThatIsMissingIsToldByThePushAlone() throws Exception {
        registry.store().onlyRepositories("other");
        Pusher pusher = client.pusher();

        try (PushAhead ahead = begin(pusher)) {
            assertThatExceptionOfType(MissingRepositoryException.class).isThrownBy(() -> pusher.push(push, ahead));
        }

        assertThat(client.told).noneMatch(line -> line.startsWith("waiting"));
    }

    /** The requests of a push that has begun, of which each is answered by nothing until the build gives up. */
    @ParameterizedTest
    @CsvSource({"HEAD, /manifests/1", "HEAD, /blobs/sha256:", "POST, /blobs/uploads/", "PUT, /blobs/uploads/"})
    void whatNobodyTakesIsStopped(String method, String pathPart) throws Exception {
        CountDownLatch came = new CountDownLatch(1);
        registry.guard(request -> Optional.of(Fault.silence())
                .filter(fault ->
                        request.method().equals(method) && request.path().contains(pathPart) && came.getCount() > 0)
                .map(fault -> {
                    came.countDown();
                    return fault;
                }));

        try (PushAhead ahead = begin(client.pusher())) {
            await(came);
            assertThat(ahead).isNotNull();
        }

        assertThat(leftBehind()).isEmpty();
        assertThat(registry.store().tag("app", "1")).isEmpty();
    }

    @Test
    void whatWaitsForALayerThatNeverComesIsStopped() throws Exception {
        CountDownLatch asked = coming("HEAD", "/blobs/sha256:");

        try (PushAhead ahead = client.pusher().ahead(push.target(), push.tags())) {
            ahead.bring(baseBlobs(), List.of(), new CompletableFuture<>());
            await(asked);
        }

        assertThat(leftBehind()).isEmpty();
        assertThat(source.requests()).isEmpty();
    }

    @Test
    void endsWhenTheBuildIsInterruptedWhileItWaitsForWhatHasBegun() {
        Thread build = Thread.currentThread();
        registry.guard(request -> Optional.<Fault>of((exchange, content, closing) -> {
                    build.interrupt();
                    Fault.silence().answer(exchange, content, closing);
                })
                .filter(fault -> request.method().equals("PUT")));
        Pusher pusher = client.pusher();

        try (PushAhead ahead = begin(pusher)) {
            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> pusher.push(push, ahead))
                    .withMessage("The build was interrupted while uploading a layer at " + registry.host() + "."
                            + TO_IMAGE + "Run the build again.");
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void asksNothingOffline() {
        Pusher pusher = client.pusher(HttpSettings.DEFAULT.withOffline(true));

        try (PushAhead ahead = begin(pusher)) {
            ahead.ask();
            assertThatExceptionOfType(UserFailure.class).isThrownBy(() -> pusher.push(push, ahead));
        }

        assertThat(registry.requests()).isEmpty();
    }
}
