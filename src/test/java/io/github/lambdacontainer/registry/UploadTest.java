package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending bytes, whatever comes between. */
class UploadTest extends PushScene {

    private void onlyTheLayer() {
        push = new PushedApp(OCI, directory.resolve("layers")).layer(LAYER).push(registry.reference("app:1"), "1");
        registry.blob(
                "app",
                OCI.configType(),
                ((BlobSource.InMemory) push.blobs().get(1).source()).bytes());
    }

    @Test
    void beginsAnewWhenAnUploadIsCutOff() throws Exception {
        onlyTheLayer();
        registry.fail("PUT /blobs/uploads/u1", Fault.droppedWithin(50_000));

        client.pusher().push(push);

        assertPushed();
        assertThat(asked("POST", "/uploads/")).isEqualTo(2);
        assertThat(asked("PUT", "/uploads/u2")).isEqualTo(1);
        assertThat(client.slept).containsExactly(Duration.ofMillis(500));
        assertThat(client.told).contains("waiting 500 ms while uploading a layer: the connection broke off");
        assertThat(client.uploaded).hasValue(200_000);
    }

    @Test
    void sendsNothingAgainThatArrivedAlthoughTheAnswerDidNot() throws Exception {
        onlyTheLayer();
        registry.fail("PUT /blobs/uploads/u1", (exchange, content, closing) -> {
            registry.blob("app", OCI.layerType(), LAYER);
            exchange.close();
        });

        client.pusher().push(push);

        assertPushed();
        assertThat(asked("PUT", "/uploads/")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409})
    void isContentWithABlobThatAnotherPushStoredMeanwhile(int status) throws Exception {
        registry.guard(request -> {
            boolean last = request.method().equals("PUT")
                    && request.query().contains(baseLayer.digest().hex());
            if (last) {
                registry.blob("app", OCI.layerType(), BASE_LAYER);
            }
            return Optional.of(Fault.error(status, "UNKNOWN", "LayerAlreadyExistsException: it exists"))
                    .filter(fault -> last);
        });

        client.pusher().push(push);

        assertPushed();
        assertThat(client.slept).isEmpty();
    }

    @Test
    void saysWhyABlobIsRefusedThatIsNotThere() {
        registry.guard(request -> Optional.of(Fault.error(400, "DIGEST_INVALID", "no"))
                .filter(fault -> request.method().equals("PUT")
                        && request.query().contains(baseLayer.digest().hex())));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessageStartingWith(
                        registry.host() + " answered 400 (DIGEST_INVALID: no) while uploading a layer.");
        assertThat(client.slept).isEmpty();
    }

    @Test
    void beginsAnewWhenTheUploadIsForgotten() throws Exception {
        onlyTheLayer();
        registry.fail("PUT /blobs/uploads/u1", Fault.error(404, "BLOB_UPLOAD_UNKNOWN", "gone"));

        client.pusher().push(push);

        assertPushed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HEAD /manifests/1", "POST /uploads/", "PUT /uploads/u1", "PUT /manifests/1", "GET /manifests/1"
            })
    void outlastsABurstOfServerErrors(String request) throws Exception {
        onlyTheLayer();
        registry.fail(
                request.replace("/uploads/", "/blobs/uploads/"),
                Fault.status(500, ""),
                Fault.status(502, ""),
                Fault.status(503, ""),
                Fault.status(504, ""));
        registry.fail("PUT /blobs/uploads/u2", Fault.status(502, ""));

        client.pusher().push(push);

        assertPushed();
        assertThat(client.slept.stream().map(Duration::toMillis)).startsWith(500L, 1000L);
    }

    @Test
    void waitsAsLongAsTheRegistryAsksWithinBounds() throws Exception {
        onlyTheLayer();
        registry.fail(
                "PUT /manifests/1",
                Fault.status(429, "", "Retry-After", "7"),
                Fault.status(429, "", "Retry-After", "99999999999999999999"));

        client.pusher().push(push);

        assertThat(client.slept).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(60));
    }

    @Test
    void saysThatItIsRateLimited() {
        registry.fail("PUT /manifests/" + digest(), times(5, Fault.error(429, "TOOMANYREQUESTS", "slow down")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage("The requests of this build are rate limited: " + registry.host()
                        + " answered 429 (TOOMANYREQUESTS: slow down) 5 times while pushing the manifest." + TO_AUTH
                        + "Try again later, or log in: most registries allow more to those they know.");
    }

    /** The answer to a HEAD has no body that could hold them. */
    @Test
    void asksOnceForTheWordsOfARegistryThatAnswersWithoutThem() {
        registry.fail("HEAD /manifests/1", times(5, Fault.status(429, "")));
        registry.fail("GET /manifests/1", Fault.error(429, "TOOMANYREQUESTS", "slow down"));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage("The requests of this build are rate limited: " + registry.host()
                        + " answered 429 (TOOMANYREQUESTS: slow down) 5 times while reading the tag." + TO_AUTH
                        + "Try again later, or log in: most registries allow more to those they know.");
        assertThat(registry.requests())
                .startsWith(Collections.nCopies(5, "HEAD /v2/app/manifests/1").toArray(String[]::new))
                .endsWith("GET /v2/app/manifests/1")
                .hasSize(6);
    }

    @Test
    void asksForTheWordsOfARegistryThatCannotSayWhetherItHasALayer() {
        String blob = "/blobs/" + baseLayer.digest();
        registry.fail("HEAD " + blob, times(5, Fault.status(503, "")));
        registry.fail("GET " + blob, Fault.error(503, "UNAVAILABLE", "under maintenance"));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage(
                        registry.host() + " answered 503 (UNAVAILABLE: under maintenance) 5 times while looking for"
                                + " a layer." + TO_IMAGE + "Try again later.");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500})
    void doesWithTheStatusIfTheRegistryHasOtherWordsByThen(int status) {
        registry.fail("HEAD /manifests/1", times(5, Fault.status(503, "")));
        registry.fail("GET /manifests/1", Fault.error(status, "OTHER", "something else"));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessageStartingWith(registry.host() + " answered 503 5 times while reading the tag.");
    }

    /** It is the base's registry that lets the target's wait, and the message says so. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void saysThatABaseTookLongerThanTheWholeOperation(int sent) {
        source.fail("/blobs/" + baseLayer.digest(), times(5, sent == 0 ? Fault.silence() : Fault.stalled(sent)));
        Duration patient = Duration.ofSeconds(30);
        HttpSettings hasty = HttpSettings.DEFAULT.withTimeouts(patient, patient, patient, Duration.ofSeconds(1));
        Connections connections = new Connections(hasty, client, host -> false, client.facts(), Timing.SYSTEM);
        Pusher pusher = new Pusher(connections, client.registries(connections), List.of(), RefusalAdvice.NONE);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> pusher.push(push))
                .withMessage(source.host() + " took longer than 2 s in all while downloading a layer."
                        + "\n  Setting: <from><image> (-Dlambda-container.from.image)"
                        + "\n  Next: Check the network and the proxy, and run the build again.");
        assertThat(registry.store().tag("app", "1")).isEmpty();
    }

    @Test
    void neverWaitsBeyondTheWholeOperation() {
        onlyTheLayer();
        registry.fail("POST /blobs/uploads/", Fault.status(503, "", "Retry-After", "30"));
        Duration second = Duration.ofSeconds(1);
        HttpSettings hasty = HttpSettings.DEFAULT.withTimeouts(second, second, second, Duration.ofSeconds(20));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(hasty).push(push))
                .withMessage(
                        registry.host() + " answered 503 while uploading a layer." + TO_IMAGE + "Try again later.");
        assertThat(client.slept).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /blobs/uploads/u1", "PUT /manifests/1"})
    void outlastsARegistryThatHangs(String request) throws Exception {
        onlyTheLayer();
        registry.fail(request, Fault.silence());

        client.pusher(ReadingClient.impatient()).push(push);

        assertPushed();
    }

    @Test
    void saysThatTheRegistryNeverAnswers() {
        registry.fail("PUT /manifests/1", times(5, Fault.silence()));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(ReadingClient.impatient()).push(push))
                .withMessage(registry.host()
                        + " could not be reached while pushing the manifest: there was no answer within 0 s."
                        + TO_IMAGE + "Check the name of the registry, the network and the proxy.");
    }

    @Test
    void uploadsElsewhereWithoutSayingWhoAsks() throws Exception {
        try (ScriptedRegistry elsewhere = ScriptedRegistry.http()) {
            onlyTheLayer();
            registry.store().uploadsAt("http://" + elsewhere.host());
            elsewhere.guard(request -> {
                registry.blob("app", OCI.layerType(), LAYER);
                return Optional.of(Fault.status(201, ""));
            });
            registry.guard(request -> Optional.of(Fault.status(401, "", "WWW-Authenticate", "Basic"))
                    .filter(fault -> request.header("Authorization").isEmpty()));

            client.pusher(CredentialSource.explicit("x", new Credentials("alice", "secret")))
                    .push(push);

            assertPushed();
            assertThat(elsewhere.received()).hasSize(1);
            assertThat(elsewhere.received().get(0).header("Authorization")).isEmpty();
            assertThat(elsewhere.received().get(0).query())
                    .isEqualTo("state=a%2Fb&digest=sha256%3A" + Digest.of(LAYER).hex());
            assertThat(elsewhere.received().get(0).content()).isEqualTo(LAYER);
        }
    }

    @Test
    void saysThatTheHostRefusesThatTheRegistrySendsTo() {
        try (ScriptedRegistry elsewhere = ScriptedRegistry.http()) {
            onlyTheLayer();
            registry.store().uploadsAt("http://" + elsewhere.host());
            elsewhere.guard(
                    request -> Optional.of(Fault.error(401, "UNAUTHORIZED", "log in", "WWW-Authenticate", "Basic")));
            registry.guard(request -> Optional.of(Fault.status(401, "", "WWW-Authenticate", "Basic"))
                    .filter(fault -> request.header("Authorization").isEmpty()));

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.pusher(CredentialSource.explicit("x", new Credentials("alice", "secret")))
                            .push(push))
                    .withMessage("The image '" + registry.host() + "/app:1' may not be pushed: " + elsewhere.host()
                            + ", to which " + registry.host()
                            + " sent the build, answered 401 (UNAUTHORIZED: log in) while uploading a layer, without"
                            + " credentials, as those for the registry are sent to no other host." + TO_IMAGE
                            + "Ask who runs the registry to correct its external URL, or access to its storage.");
            assertThat(elsewhere.received())
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).isEmpty());
        }
    }

    @Test
    void uploadsToAnAbsoluteAddressOfTheSameRegistry() throws Exception {
        onlyTheLayer();
        registry.store().uploadsAt("http://" + registry.host());
        registry.guard(request -> Optional.of(Fault.status(401, "", "WWW-Authenticate", "Basic"))
                .filter(fault -> request.header("Authorization").isEmpty()));

        client.pusher(CredentialSource.explicit("x", new Credentials("alice", "secret")))
                .push(push);

        assertPushed();
    }

    @Test
    void uploadsNothingOverPlainHttpElsewhere() {
        registry.store().uploadsAt("http://uploads.example.com");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage("localhost redirected the build to 'uploads.example.com' over plain HTTP while uploading a"
                        + " layer, which was not followed." + TO_IMAGE
                        + "Ask who runs the registry. Push the image to another one otherwise.");
    }

    @Test
    void sendsNothingWhereAnUploadIsRedirectedTo() {
        try (ScriptedRegistry elsewhere = ScriptedRegistry.http()) {
            onlyTheLayer();
            registry.fail("PUT /blobs/uploads/u1", Fault.redirect("http://" + elsewhere.host() + "/"));

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.pusher().push(push))
                    .withMessage(registry.host() + " answered 307 while uploading a layer." + TO_IMAGE
                            + "Correct what the registry says, or ask who runs it.");
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void saysThatTheRegistryNamesNoPlace() {
        registry.fail("POST /blobs/uploads/", times(3, Fault.status(202, "")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage(registry.host() + " started an upload for '" + registry.host()
                        + "/app' and did not say where." + TO_IMAGE
                        + "Check that this address is a container registry.");
    }

    @Test
    void goesOnWhereTheBaseWasCutOff() throws Exception {
        source.fail(baseLayer.digest().hex(), Fault.truncated(100_000));

        client.pusher().push(push);

        assertPushed();
        assertThat(source.received()).hasSize(2);
        assertThat(source.received().get(1).header("Range")).isPresent();
        assertThat(asked("PUT", "/uploads/")).isEqualTo(3);
    }

    @Test
    void startsNoUploadBeforeTheBaseCanBeRead() {
        push = new PushedApp(OCI, directory.resolve("layers"))
                .base(source.reference("base:1"), baseLayer)
                .push(registry.reference("app:1"), "1");
        registry.blob(
                "app",
                OCI.configType(),
                ((BlobSource.InMemory) push.blobs().get(1).source()).bytes());
        source.fail(baseLayer.digest().hex(), times(5, Fault.error(429, "TOOMANYREQUESTS", "slow down")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage("The requests of this build are rate limited: " + source.host()
                        + " answered 429 (TOOMANYREQUESTS: slow down) 5 times while downloading a layer."
                        + "\n  Setting: <from><auth> (-Dlambda-container.from.auth)"
                        + "\n  Next: Try again later, or log in: most registries allow more to those they know.");
        assertThat(asked("POST", "/uploads/")).isZero();
    }

    @Test
    void doesNotBlameTheTargetForABaseThatStalls() throws Exception {
        Duration soon = Duration.ofSeconds(1);
        HttpSettings settings =
                HttpSettings.DEFAULT.withTimeouts(soon, soon, Duration.ofSeconds(3), Duration.ofMinutes(30));
        source.fail(baseLayer.digest().hex(), Fault.stalled(150_000));

        client.pusher(settings).push(push);

        assertPushed();
        assertThat(asked("PUT", "/uploads/")).isEqualTo(3);
        assertThat(client.told).contains("waiting 500 ms while downloading a layer: no data came for 3 s");
    }

    @Test
    void neverCompletesAnUploadWithOtherBytesOfTheBase() {
        byte[] other = PushedApp.random(9, 300_000);
        Digest earlier = earlierImage();
        source.fail(baseLayer.digest().hex(), Fault.bytes(other));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage(source.host() + " gave the wrong layer for '" + source.host()
                        + "/base:1': its digest must be " + baseLayer.digest() + ", it is " + Digest.of(other)
                        + ".\n  Setting: <from><image> (-Dlambda-container.from.image)\n"
                        + "  Next: Do not build on this image before it is clear who changed it.");
        assertNeverUploaded(baseLayer.digest());
        assertThat(registry.store().tag("app", "1")).contains(earlier);
    }

    @Test
    void neverCompletesAnUploadOfAShortOrEndlessBase() {
        for (Fault fault : new Fault[] {Fault.bytes(new byte[5]), Fault.endless()}) {
            source.fail(baseLayer.digest().hex(), fault);

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.pusher().push(push))
                    .withMessageStartingWith(source.host() + " gave the wrong layer for '" + source.host()
                            + "/base:1': " + baseLayer.digest() + " must have 300000 bytes.");
            assertNeverUploaded(baseLayer.digest());
        }
    }

    private void assertNeverUploaded(Digest digest) {
        assertThat(registry.store().get("/v2/app/blobs/" + digest)).isEmpty();
        assertThat(registry.received())
                .filteredOn(r -> r.query().contains(digest.hex()))
                .noneMatch(r -> r.content().length >= 300_000);
    }

    @Test
    void saysThatALayerChangedAfterItWasBuilt() throws Exception {
        onlyTheLayer();
        Path file = ((BlobSource.InFile) push.blobs().get(0).source()).path();
        byte[] other = PushedApp.random(9, 200_000);
        Files.write(file, other);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage("'" + file + "' changed after the image was built: its digest must be "
                        + Digest.of(LAYER) + ", it is " + Digest.of(other) + ".\n"
                        + "  Next: Let nothing else write there during the build, and run it again.");
        assertNeverUploaded(Digest.of(LAYER));
        Files.delete(file);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage("'" + file + "' cannot be read: there is no such file.\n"
                        + "  Next: Make the file readable, or run the build again.");
    }

    @Test
    void uploadsAFewAtOnceAndNeverMore() throws Exception {
        PushedApp app = new PushedApp(OCI, directory.resolve("layers"));
        for (int seed = 1; seed < 6; seed++) {
            app.layer(PushedApp.random(seed, 100_000));
        }
        push = app.push(registry.reference("app:1"), "1");
        CyclicBarrier three = new CyclicBarrier(3);
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        registry.guard(request -> {
            if (request.method().equals("PUT") && request.path().contains("/uploads/")) {
                most.accumulateAndGet(open.incrementAndGet(), Math::max);
                await(three);
                open.decrementAndGet();
            }
            return Optional.empty();
        });

        client.pusher().push(push);

        assertThat(most).hasValue(3);
        assertPushed();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void endsWhenTheBuildIsInterrupted() {
        Thread build = Thread.currentThread();
        AtomicBoolean interrupted = new AtomicBoolean();
        registry.guard(request -> Optional.<Fault>of((exchange, content, closing) -> {
                    if (!interrupted.getAndSet(true)) {
                        build.interrupt();
                    }
                    Fault.silence().answer(exchange, content, closing);
                })
                .filter(fault -> request.method().equals("PUT")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessage("The build was interrupted while uploading a layer at " + registry.host() + "." + TO_IMAGE
                        + "Run the build again.");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void leavesNoThreadBehindWhenAnUploadFails() {
        registry.fail("PUT /manifests/" + digest(), Fault.status(418, ""));
        source.fail(baseLayer.digest().hex(), Fault.stalled(10));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(ReadingClient.impatient()).push(push));

        assertThat(leftBehind()).isEmpty();
    }
}
