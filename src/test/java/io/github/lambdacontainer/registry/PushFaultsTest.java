package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** A push that is disturbed anywhere succeeds, or fails with every tag where it was. */
class PushFaultsTest {

    /** The requests of an undisturbed push of this image: 4 questions, 6 for blobs, 2 for the manifest, 2 to check. */
    private static final int REQUESTS = 14;

    /** Of these, those before the tag moves. */
    private static final int BEFORE_THE_TAG = 11;

    private Path directory;
    private ScriptedRegistry source;
    private ScriptedRegistry registry;
    private ReadingClient client;
    private ImagePush push;
    private Optional<Digest> earlier;

    @BeforeTry
    void open() throws IOException {
        directory = Files.createTempDirectory("push-faults");
        source = ScriptedRegistry.http();
        registry = ScriptedRegistry.http();
        client = new ReadingClient(directory.resolve("cache"));
        Descriptor base = source.blob("base", OCI.layerType(), PushedApp.random(1, 70_000));
        push = new PushedApp(OCI, directory.resolve("layers"))
                .base(source.reference("base:1"), base)
                .layer(PushedApp.random(2, 70_000))
                .push(registry.reference("app:1"), List.of("1"), List.of("sibling"));
        Descriptor config = registry.blob("app", OCI.configType(), "{}".getBytes());
        registry.manifest("app", OCI.manifestType(), ScriptedRegistry.manifestJson(OCI, config, List.of()), "1");
        earlier = registry.store().tag("app", "1");
    }

    /** Nothing moves ahead of a push whose tag is there. */
    private void removeTag() {
        registry.store().remove("/v2/app/manifests/1");
        earlier = Optional.empty();
    }

    @AfterTry
    void close() throws IOException {
        source.close();
        registry.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(PushFaultsTest::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Example
    void countsTheRequestsOfAnUndisturbedPush() throws Exception {
        client.pusher().push(push);

        assertThat(registry.requests()).hasSize(REQUESTS);
        assertThat(registry.requests().get(BEFORE_THE_TAG)).isEqualTo("PUT /v2/app/manifests/1");
    }

    @Example
    void countsTheSameWhereItBeganAhead() throws Exception {
        removeTag();

        Beginning.AHEAD.push(client.pusher(), push);

        assertThat(registry.requests()).hasSize(REQUESTS);
        assertThat(registry.requests().get(BEFORE_THE_TAG)).isEqualTo("PUT /v2/app/manifests/1");
    }

    @Provide
    Arbitrary<Disturbance> disturbances() {
        return Arbitraries.of(Disturbance.values());
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void anySingleFaultEndsInSuccessOrWithTheTagWhereItWas(
            @ForAll @IntRange(max = REQUESTS - 1) int index, @ForAll("disturbances") Disturbance disturbance)
            throws Exception {
        disturb(index, disturbance, Beginning.NONE);
    }

    @Provide
    Arbitrary<Disturbance> disturbancesOfAnyKind() {
        return Arbitraries.of(
                Disturbance.CUT_OFF,
                Disturbance.SERVER_ERROR,
                Disturbance.DENIED,
                Disturbance.NOT_FOUND,
                Disturbance.LIE_OF_SUCCESS,
                Disturbance.LIE_OF_ACCEPTANCE);
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void nothingElseEndsAPushThatBeganAhead(
            @ForAll @IntRange(max = REQUESTS - 1) int index, @ForAll("disturbancesOfAnyKind") Disturbance disturbance)
            throws Exception {
        removeTag();
        disturb(index, disturbance, Beginning.AHEAD);
    }

    private void disturb(int index, Disturbance disturbance, Beginning beginning) throws Exception {
        AtomicInteger count = new AtomicInteger();
        AtomicInteger putTags = new AtomicInteger();
        registry.guard(request -> {
            boolean tag = request.method().equals("PUT") && request.path().endsWith("/manifests/1");
            Optional<Fault> fault = Optional.of(disturbance.fault).filter(f -> count.getAndIncrement() == index);
            if (tag && fault.isEmpty()) {
                putTags.incrementAndGet();
            }
            return fault;
        });
        try {
            beginning.push(client.pusher(patience(index)), push);
            assertThat(registry.store().tag("app", "1"))
                    .contains(push.manifest().digest());
            assertComplete();
        } catch (Failure | MissingRepositoryException e) {
            // Only once the whole image is there does a tag move, and what fails after that is the reading back.
            Optional<Digest> expected =
                    putTags.get() == 0 ? earlier : Optional.of(push.manifest().digest());
            assertThat(registry.store().tag("app", "1")).isEqualTo(expected);
            if (putTags.get() > 0) {
                assertComplete();
            }
        }
        registry.guard(request -> Optional.empty());
        client.pusher().push(push);
        assertThat(registry.store().tag("app", "1")).contains(push.manifest().digest());
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void aPushThatIsKilledAnywhereMovesNoTagAndTheNextSucceeds(
            @ForAll @IntRange(max = BEFORE_THE_TAG) int index, @ForAll Beginning beginning) throws Exception {
        if (beginning == Beginning.AHEAD) {
            removeTag();
        }
        AtomicInteger count = new AtomicInteger();
        registry.guard(request -> Optional.of(Fault.dropped()).filter(fault -> count.getAndIncrement() >= index));

        assertThatExceptionOfType(Failure.class).isThrownBy(() -> beginning.push(client.pusher(patience(index)), push));
        assertThat(registry.store().tag("app", "1")).isEqualTo(earlier);

        registry.guard(request -> Optional.empty());
        client.pusher().push(push);
        assertThat(registry.store().tag("app", "1")).contains(push.manifest().digest());
        assertComplete();
    }

    /** A registry on this machine that drops the first request is taken for one that speaks TLS, and then hangs. */
    private static HttpSettings patience(int index) {
        return index == 0 ? ReadingClient.impatient() : HttpSettings.DEFAULT;
    }

    private void assertComplete() {
        assertThat(push.blobs())
                .allSatisfy(blob -> assertThat(registry.store()
                                .get("/v2/app/blobs/" + blob.descriptor().digest())
                                .map(Digest::of))
                        .contains(blob.descriptor().digest()));
    }

    /** How much of a push begins before its image is known. */
    private enum Beginning {
        NONE,
        AHEAD;

        void push(Pusher pusher, ImagePush push) throws MissingRepositoryException {
            if (this == NONE) {
                pusher.push(push);
                return;
            }
            try (PushAhead ahead = pusher.ahead(push.target(), push.tags())) {
                List<PushedBlob> layers = push.blobs().subList(0, 1);
                ahead.bring(layers, push.mountFrom(), CompletableFuture.completedFuture(true));
                pusher.push(push, ahead);
            }
        }
    }

    private enum Disturbance {
        DROPPED(Fault.dropped()),
        CUT_OFF(Fault.droppedWithin(10_000)),
        SERVER_ERROR(Fault.status(500, "")),
        UNAVAILABLE(Fault.status(503, "", "Retry-After", "3")),
        RATE_LIMITED(Fault.error(429, "TOOMANYREQUESTS", "slow down")),
        UNAUTHORIZED(Fault.status(401, "")),
        CHALLENGED(Fault.status(401, "", "WWW-Authenticate", "Basic")),
        DENIED(Fault.error(403, "DENIED", "no")),
        INVALID(Fault.error(400, "DIGEST_INVALID", "no")),
        UNKNOWN(Fault.error(404, "NAME_UNKNOWN", "no")),
        NOT_FOUND(Fault.status(404, "")),
        CONFLICT(Fault.status(409, "")),
        REDIRECTED(Fault.redirect("http://registry.example.com/")),
        LIE_OF_SUCCESS(Fault.status(200, "")),
        LIE_OF_CREATION(Fault.status(201, "")),
        LIE_OF_ACCEPTANCE(Fault.status(202, "", "Location", "/v2/app/blobs/uploads/nowhere")),
        OTHER_BYTES(Fault.bytes("{}".getBytes())),
        OTHER_DIGEST(Fault.status(201, "", "Docker-Content-Digest", "sha256:" + "0".repeat(64)));

        private final Fault fault;

        Disturbance(Fault fault) {
            this.fault = fault;
        }
    }
}
