package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.base.TarBuilder;
import io.github.lambdacontainer.base.TestImage;
import io.github.lambdacontainer.base.TestImages;
import io.github.lambdacontainer.cache.Trees;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.Fault;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A push that begins while its image is composed, from the base's registry to the target's. */
@Timeout(60)
class PushesAheadTest {

    @TempDir
    Path directory;

    private final ScriptedRegistry source = ScriptedRegistry.http();
    private final ScriptedRegistry target = ScriptedRegistry.http();
    private final TestImage base = TestImages.withJavaHome()
            .layer(new TarBuilder().file("usr/lib/x86_64-linux-gnu/libgcc_s.so.1", 0755, new byte[0]));
    private Builds builds;

    @BeforeEach
    void prepare() throws IOException {
        builds = new Builds(directory);
        builds.compile("Hello");
        serve(source);
        builds.baseImage = Optional.of(source.host() + "/base:1");
        builds.name = target.host() + "/app:1";
        builds.http = HttpSettings.DEFAULT;
    }

    private void serve(ScriptedRegistry registry) {
        registry.blob("base", base.descriptor().mediaType(), base.config());
        base.layers().forEach(layer -> registry.blob("base", layer.mediaType(), layer.blob()));
        String manifest = new String(base.manifest(), StandardCharsets.UTF_8);
        registry.manifest("base", base.format().manifestType(), manifest, "1");
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private void assertPushed(ScriptedRegistry registry, String repository, Digest digest) {
        assertThat(registry.store().tag(repository, "1")).contains(digest);
        assertThat(base.layers())
                .allSatisfy(layer -> assertThat(registry.store()
                                .get("/v2/" + repository + "/blobs/"
                                        + layer.descriptor().digest()))
                        .contains(layer.blob()));
    }

    private List<String> layersRead() {
        return source.requests().stream()
                .filter(request -> base.layers().stream()
                        .anyMatch(layer ->
                                request.endsWith(layer.descriptor().digest().toString())))
                .toList();
    }

    private static Stream<Thread> leftBehind() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lambda-container-push"))
                .filter(PushesAheadTest::staysAlive);
    }

    /** A pool has ended a moment before the last of its threads has. */
    private static boolean staysAlive(Thread thread) {
        try {
            thread.join(10_000);
            return thread.isAlive();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyLayerOfTheBaseIsReadOnceAndSentOnce() {
        Digest digest = builds.push().image().digest();

        assertPushed(target, "app", digest);
        assertThat(layersRead()).hasSize(base.layers().size()).doesNotHaveDuplicates();
        List<String> sent = target.requests().stream()
                .filter(request -> request.startsWith("PUT /v2/app/blobs/"))
                .toList();
        assertThat(builds.lines)
                .anyMatch(line -> line.startsWith("Uploaded: ") && line.endsWith(" in " + sent.size() + " blobs"));
        assertThat(builds.lines.stream().filter("Uploading what the registry lacks"::equals))
                .hasSize(1);
        assertThat(leftBehind()).isEmpty();
    }

    /** Its second half only comes once the target is given the first: nothing waits for the whole. */
    @Test
    void aLayerPassesOnWhileItIsDownloaded() {
        byte[] content = new byte[1 << 20];
        new Random(1).nextBytes(content);
        byte[] tar = new TarBuilder().file("opt/large", 0644, content).build();
        byte[] blob = TarBuilder.gzip(tar);
        base.layer(base.format().layerType(), blob, tar);
        serve(source);
        String digest = Digest.of(blob).hex();
        CountDownLatch passedOn = new CountDownLatch(1);
        target.guard(request -> {
            if (request.method().equals("PUT") && request.query().contains(digest)) {
                passedOn.countDown();
            }
            return Optional.empty();
        });
        source.fail("blobs/sha256:" + digest, (exchange, bytes, closing) -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            await(passedOn);
            exchange.getResponseBody().write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
        });

        assertPushed(target, "app", builds.push().image().digest());

        assertThat(passedOn.getCount()).isZero();
        assertThat(layersRead()).hasSize(base.layers().size()).doesNotHaveDuplicates();
    }

    @Test
    void aDownloadThatFailsIsAllThatIsToldAndNothingOfItIsKept() {
        byte[] layer = base.layers().get(0).blob();
        String digest = base.layers().get(0).descriptor().digest().toString();
        byte[] other = layer.clone();
        other[layer.length / 2] ^= 1;
        // Also for a push that reads it from the registry itself once the download has failed.
        source.fail(
                "blobs/" + digest, Collections.nCopies(9, Fault.bytes(other)).toArray(Fault[]::new));

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> builds.push())
                .withMessageContaining("gave the wrong layer for '" + source.host() + "/base:1'");

        assertThat(target.store().get("/v2/app/blobs/" + digest)).isEmpty();
        assertThat(leftBehind()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        await(latch, 20_000);
    }

    private static void await(CountDownLatch latch, long milliseconds) {
        try {
            latch.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void everyLayerIsReadOnceFromARegistryWhoseFactsAreKnown() throws IOException {
        builds.push();
        Trees.delete(builds.cache.resolve("blobs"));
        source.forget();
        builds.name = target.host() + "/other:1";

        assertPushed(target, "other", builds.push().image().digest());

        assertThat(layersRead()).hasSize(base.layers().size()).doesNotHaveDuplicates();
    }

    @Test
    void oneQuestionIsAllThatTheTargetSeesWhenNothingChanged() {
        builds.push();
        source.forget();
        target.forget();

        builds.push();

        assertThat(source.requests()).containsExactly("GET /v2/base/manifests/1");
        assertThat(target.requests()).containsExactly("HEAD /v2/app/manifests/1");
        assertThat(builds.lines).contains("Already there: every tag names this image");
    }

    @Test
    void aBaseOfTheSameRegistryIsMountedAndTheRegistryIsAskedByOneSideFirst() {
        serve(target);
        builds.baseImage = Optional.of(target.host() + "/base:1");

        assertPushed(target, "app", builds.push().image().digest());

        assertThat(target.requests().get(0)).isEqualTo("GET /v2/base/manifests/1");
        assertThat(builds.lines)
                .anyMatch(line -> line.startsWith("Uploaded: ")
                        && line.endsWith(", " + base.layers().size() + " blobs mounted"));
    }

    /** What was built ahead of the base's answer waits for it, too. */
    @Test
    void aRegistryWithBothIsAskedByOneSideFirstAlsoWhenTheBaseIsKnown() {
        serve(target);
        builds.baseImage = Optional.of(target.host() + "/base:1");
        builds.push();
        target.forget();
        CountDownLatch asked = new CountDownLatch(1);
        AtomicBoolean early = new AtomicBoolean();
        target.fail("/v2/base/manifests/1", (exchange, bytes, closing) -> {
            await(asked, 1000);
            early.set(asked.getCount() == 0);
            exchange.getResponseHeaders().add("Content-Type", base.format().manifestType());
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
        target.guard(request -> {
            if (request.path().startsWith("/v2/app/")) {
                asked.countDown();
            }
            return Optional.empty();
        });

        builds.push();

        assertThat(early).isFalse();
        assertThat(target.requests()).containsExactly("GET /v2/base/manifests/1", "HEAD /v2/app/manifests/1");
    }

    @Test
    void aPlanThatIsRejectedStopsWhatMoves() {
        builds.handler = Optional.of("com.example.Missing");
        target.guard(request ->
                Optional.of(Fault.silence()).filter(fault -> request.method().equals("PUT")));

        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> builds.push())
                .withMessageContaining("com.example.Missing");

        assertThat(target.requests()).noneMatch(request -> request.contains("PUT /v2/app/manifests/"));
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void whatGoesWrongAheadIsToldOnceAndAfterAllOfThePlan() {
        target.fail("HEAD /manifests/1", Fault.error(403, "DENIED", "not you"));
        target.fail("GET /manifests/1", Fault.error(403, "DENIED", "not you"));

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> builds.push())
                .withMessageContaining("answered 403 (DENIED: not you)");
        assertThat(builds.lines).anyMatch(line -> line.startsWith("Image: "));
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void aBaseThatCannotBeReadIsAllThatIsTold() {
        source.fail("/v2/base/manifests/1", Fault.error(404, "MANIFEST_UNKNOWN", "none"));
        target.fail("HEAD /manifests/1", Fault.silence());

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> builds.push())
                .withMessageContaining(source.host() + "/base:1");

        assertThat(leftBehind()).isEmpty();
        assertThat(builds.results().resolve("image.json")).doesNotExist();
    }
}
