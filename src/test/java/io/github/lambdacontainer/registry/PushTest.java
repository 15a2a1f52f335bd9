package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked, sent and checked, in which order. */
class PushTest extends PushScene {

    @Test
    void pushesAnImageAndMovesTheTagsLast() throws Exception {
        push = app().push(registry.reference("app:1"), "1", "latest");

        assertThat(client.pusher().push(push)).isEqualTo(new PushedImage(false, 0, 0, 3, 500_000 + configSize()));

        assertPushed();
        assertThat(registry.store().tag("app", "latest")).contains(digest());
        List<String> requests = registry.requests();
        assertThat(requests.subList(0, 2)).containsExactly("HEAD /v2/app/manifests/1", "HEAD /v2/app/manifests/latest");
        assertThat(requests.subList(2, 5)).allMatch(r -> r.startsWith("HEAD /v2/app/blobs/sha256:"));
        assertThat(requests.subList(5, 11)).allMatch(r -> r.matches("(POST|PUT) /v2/app/blobs/uploads/.*"));
        assertThat(requests.subList(11, 14))
                .containsExactly(
                        "PUT /v2/app/manifests/" + digest(), "PUT /v2/app/manifests/1", "PUT /v2/app/manifests/latest");
        assertThat(requests.subList(14, requests.size()))
                .containsExactlyInAnyOrder(
                        "GET /v2/app/manifests/" + digest(), "GET /v2/app/manifests/1", "GET /v2/app/manifests/latest");
    }

    @Test
    void leavesEveryTagOnAWholeImageWhenItEndsBetweenTwoTags() throws Exception {
        Digest earlier = earlierImage();
        push = app().push(registry.reference("app:1"), "latest", "1");
        registry.guard(request -> Optional.of(Fault.dropped())
                .filter(fault -> request.path().endsWith("/manifests/1")
                        && request.method().equals("PUT")));

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> client.pusher().push(push));

        assertThat(registry.store().tag("app", "latest")).contains(digest());
        assertThat(registry.store().tag("app", "1")).contains(earlier);

        registry.guard(request -> Optional.empty());
        client.pusher().push(push);
        assertPushed();
    }

    @Test
    void asksOnceForEachTagWhenNothingChanged() throws Exception {
        push = app().push(registry.reference("app:1"), "1", "latest");
        client.pusher().push(push);
        registry.forget();
        source.forget();

        assertThat(client.pusher().push(push)).isEqualTo(new PushedImage(true, 3, 0, 0, 0));

        assertThat(registry.requests()).containsExactly("HEAD /v2/app/manifests/1", "HEAD /v2/app/manifests/latest");
        assertThat(source.requests()).isEmpty();
    }

    @Test
    void readsATagWhoseDigestIsNotAnnounced() throws Exception {
        client.pusher().push(push);
        registry.fail("HEAD /manifests/1", Fault.status(200, ""));
        registry.forget();

        assertThat(client.pusher().push(push).unchanged()).isTrue();

        assertThat(registry.requests()).containsExactly("HEAD /v2/app/manifests/1", "GET /v2/app/manifests/1");
    }

    @Test
    void movesOnlyTagsThatNameSomethingElse() throws Exception {
        client.pusher().push(push);
        push = app().push(registry.reference("app:1"), "1", "2");
        registry.forget();

        assertThat(client.pusher().push(push)).isEqualTo(new PushedImage(false, 3, 0, 0, 0));

        assertThat(registry.requests())
                .contains("PUT /v2/app/manifests/2")
                .doesNotContain("PUT /v2/app/manifests/1")
                .noneMatch(request -> request.contains("/blobs/"));
    }

    @Test
    void neverDownloadsABaseLayerThatTheTargetHas() throws Exception {
        registry.blob("app", OCI.layerType(), BASE_LAYER);

        assertThat(client.pusher().push(push)).isEqualTo(new PushedImage(false, 1, 0, 2, 200_000 + configSize()));

        assertThat(source.requests()).isEmpty();
        assertThat(client.told).contains("present 300000").doesNotContain("uploading 300000");
    }

    @Test
    void streamsABaseLayerWithoutKeepingIt() throws Exception {
        client.pusher().push(push);

        assertPushed();
        assertThat(source.requests()).containsExactly("GET /v2/base/blobs/" + baseLayer.digest());
        assertThat(files(client.cache)).isEmpty();
    }

    private static List<Path> files(Path root) throws IOException {
        if (Files.notExists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void takesABaseLayerFromTheCache() throws Exception {
        client.anonymous().fetch(source.reference("base:1"), baseLayer);
        source.forget();

        client.pusher().push(push);

        assertPushed();
        assertThat(source.requests()).isEmpty();
    }

    @Test
    void sendsABlobOnce() throws Exception {
        push = app().layer(LAYER).push(registry.reference("app:1"), "1");

        assertThat(client.pusher().push(push).uploaded()).isEqualTo(3);

        assertThat(asked("PUT", "/blobs/uploads/")).isEqualTo(3);
        assertPushed();
    }

    @Test
    void sendsAnEmptyLayer() throws Exception {
        push = app().layer(new byte[0]).push(registry.reference("app:1"), "1");

        client.pusher().push(push);

        assertPushed();
    }

    @Test
    void pushesOneManifestAndNeverAnIndex() throws Exception {
        client.pusher().push(push);

        assertThat(registry.received())
                .filteredOn(r -> r.method().equals("PUT") && r.path().contains("/manifests/"))
                .hasSize(2)
                .allSatisfy(r -> {
                    assertThat(r.header("Content-Type")).contains(OCI.manifestType());
                    assertThat(r.content()).isEqualTo(push.manifest().bytes());
                });
        assertThat(registry.store().contents().keySet())
                .filteredOn(path -> path.contains("/manifests/"))
                .containsExactly("/v2/app/manifests/1", "/v2/app/manifests/" + digest());
    }

    @Test
    void pushesSeveralImagesAtOnce() throws Exception {
        Pusher pusher = client.pusher();
        List<Callable<PushedImage>> builds = new ArrayList<>();
        for (int module = 0; module < 4; module++) {
            ImagePush each = app().layer(PushedApp.random(module, 10_000 + module))
                    .push(registry.reference("app:1"), "1-" + module);
            builds.add(() -> pusher.push(each));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<PushedImage> build : threads.invokeAll(builds)) {
                assertThat(build.get().unchanged()).isFalse();
            }
        } finally {
            threads.shutdownNow();
        }

        for (int module = 0; module < 4; module++) {
            assertThat(registry.store().tag("app", "1-" + module)).isPresent();
        }
    }

    @Test
    void tellsWhatItDoes() throws Exception {
        registry.blob("app", OCI.layerType(), BASE_LAYER);

        client.pusher().push(push);

        assertThat(client.told)
                .containsExactlyInAnyOrder(
                        "present 300000",
                        "uploading 200000",
                        "uploaded 200000",
                        "uploading " + configSize(),
                        "uploaded " + configSize());
        assertThat(client.uploaded).hasValue(200_000 + configSize());
    }

    @Test
    void pushesNothingOffline() {
        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() ->
                        client.pusher(HttpSettings.DEFAULT.withOffline(true)).push(push))
                .withMessage("The image '" + registry.host() + "/app:1' is not pushed, because Maven works offline."
                        + TO_IMAGE + "Run the build without -o, or without the goal 'push'.");
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void saysAtOnceThatTheRepositoryIsMissing() {
        registry.store().onlyRepositories("other");

        assertThatExceptionOfType(MissingRepositoryException.class)
                .isThrownBy(() -> client.pusher().push(push))
                .satisfies(e -> assertThat(e.problem().text())
                        .isEqualTo("The repository '" + registry.host() + "/app' does not exist: " + registry.host()
                                + " answered 404 (NAME_UNKNOWN: The repository with name 'app' does not exist)."
                                + TO_IMAGE + "Create the repository, or correct its name."));
        assertThat(client.slept).isEmpty();
    }

    @Test
    void takesAnyRefusedUploadThatIsNotFoundForAMissingRepository() {
        registry.fail("POST /blobs/uploads/", times(3, Fault.error(404, "NOT_FOUND", "project team not found")));

        assertThatExceptionOfType(MissingRepositoryException.class)
                .isThrownBy(() -> client.pusher().push(push))
                .satisfies(e -> assertThat(e.problem().text())
                        .isEqualTo("The repository '" + registry.host() + "/app' does not exist: " + registry.host()
                                + " answered 404 (NOT_FOUND: project team not found)." + TO_IMAGE
                                + "Create the repository, or correct its name."));
    }

    @Test
    void succeedsIfAnImmutableTagNamesTheImageAlready() throws Exception {
        client.pusher().push(push);
        registry.store().keepTags();
        registry.fail("HEAD /manifests/1", Fault.status(404, ""));

        assertThat(client.pusher().push(push)).isEqualTo(new PushedImage(false, 3, 0, 0, 0));

        assertPushed();
    }

    @Test
    void namesBothDigestsIfAnImmutableTagNamesAnotherImage() {
        Digest earlier = earlierImage();
        registry.store().keepTags();

        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage("The tag '" + registry.host() + "/app:1' cannot be moved from " + earlier + " to "
                        + digest() + ": " + registry.host() + " answered 400 (TAG_INVALID: The image tag '1' already"
                        + " exists and cannot be overwritten.)." + TO_IMAGE
                        + "Push under another tag, or let the repository's tags be overwritten.");
        assertThat(registry.store().tag("app", "1")).contains(earlier);
        assertThat(client.slept).isEmpty();
    }

    @Test
    void saysWhyATagIsRefusedThatNamesNothing() {
        registry.fail("PUT /manifests/1", Fault.error(400, "TAG_INVALID", "no such name"));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage(registry.host() + " answered 400 (TAG_INVALID: no such name) while pushing the manifest."
                        + TO_IMAGE + "Correct what the registry says, or ask who runs it.");
    }

    @Test
    void failsIfTheRegistryAnswersWithAnotherDigest() {
        Digest earlier = earlierImage();
        Digest other = Digest.of(new byte[] {1});
        registry.fail("PUT /manifests/" + digest(), Fault.status(201, "", "Docker-Content-Digest", other.toString()));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage(registry.host() + " stored another manifest in '" + registry.host()
                        + "/app' than was pushed: its digest must be " + digest() + ", it is " + other + "." + TO_IMAGE
                        + "Do not use this image before it is clear who changed it.");
        assertThat(registry.store().tag("app", "1")).contains(earlier);
    }

    @Test
    void failsIfTheRegistryGivesBackAnotherManifest() {
        byte[] other = "{}".getBytes();
        registry.fail("GET /manifests/" + digest(), Fault.bytes(other));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessageStartingWith(registry.host() + " stored another manifest in '" + registry.host()
                        + "/app' than was pushed: its digest must be " + digest() + ", it is " + Digest.of(other)
                        + ".");
    }

    @Test
    void namesBothDigestsIfAnotherPushTakesTheTag() {
        AtomicInteger reads = new AtomicInteger();
        registry.guard(request -> {
            if (request.method().equals("GET")
                    && request.path().endsWith("/manifests/1")
                    && reads.incrementAndGet() == 1) {
                earlierImage();
            }
            return Optional.empty();
        });

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage("The tag '" + registry.host() + "/app:1' does not name the image that was pushed: its"
                        + " digest must be " + digest() + ", it is " + earlierImage() + "." + TO_IMAGE
                        + "Check whether another build pushes this tag too. The image is there as '" + registry.host()
                        + "/app@" + digest() + "'.");
    }

    @Test
    void waitsForATagThatStillNamesTheEarlierImageSomewhere() throws Exception {
        earlierImage();
        byte[] earlier = registry.store().get("/v2/app/manifests/1").orElseThrow();
        registry.fail("GET /v2/app/manifests/1", times(2, Fault.bytes(earlier)));

        client.pusher().push(push);

        assertPushed();
        assertThat(client.told)
                .contains("waiting 500 ms while reading back the manifest: it answered 200 with another manifest");
    }

    @Test
    void waitsForAManifestThatIsNotFoundEverywhereYet() throws Exception {
        registry.fail("GET /manifests/" + digest(), Fault.error(404, "MANIFEST_UNKNOWN", "not yet"));

        client.pusher().push(push);

        assertPushed();
        assertThat(client.told)
                .contains("waiting 500 ms while reading back the manifest: it answered 404"
                        + " (MANIFEST_UNKNOWN: not yet)");
    }
}
