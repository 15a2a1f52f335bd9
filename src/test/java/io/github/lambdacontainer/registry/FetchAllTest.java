package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FetchAllTest {

    @TempDir
    Path cache;

    private final ScriptedRegistry registry = ScriptedRegistry.http();
    private ReadingClient client;
    private List<Descriptor> layers;

    @BeforeEach
    void put() {
        client = new ReadingClient(cache);
        layers = IntStream.range(0, 6)
                .mapToObj(n -> registry.blob("base", "layer", random(n)))
                .toList();
    }

    private static byte[] random(int seed) {
        byte[] content = new byte[100_000 + seed];
        new Random(seed).nextBytes(content);
        return content;
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Map<Digest, Path> fetchAll() {
        return client.anonymous().fetchAll(registry.reference("base:1"), layers, () -> {});
    }

    /** Threads that still download; one that is just ending is given the time to be gone. */
    private static Stream<Thread> downloading() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lambda-container-download"))
                .filter(FetchAllTest::staysAlive);
    }

    private static boolean staysAlive(Thread thread) {
        try {
            thread.join(10_000);
            return thread.isAlive();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void downloadsAFewAtOnceAndNeverMore() {
        CyclicBarrier three = new CyclicBarrier(3);
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        registry.guard(request -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            await(three);
            open.decrementAndGet();
            return Optional.empty();
        });

        Map<Digest, Path> files = fetchAll();

        assertThat(most).hasValue(3);
        assertThat(files).hasSize(6);
        for (int n = 0; n < 6; n++) {
            assertThat(files.get(layers.get(n).digest())).hasBinaryContent(random(n));
        }
        assertThat(client.told)
                .filteredOn(line -> line.startsWith("downloading"))
                .hasSize(6);
        assertThat(client.told)
                .filteredOn(line -> line.startsWith("downloaded"))
                .hasSize(6);
        assertThat(downloading()).isEmpty();
    }

    /** The barrier opens only once three requests are there at the same time. */
    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void asksForALayerThatStandsTwiceOnceAndForNoneThatIsThere() {
        fetchAll();
        int requests = registry.received().size();
        layers = Stream.concat(layers.stream(), Stream.of(layers.get(0))).toList();

        assertThat(fetchAll()).hasSize(6);

        assertThat(requests).isEqualTo(6);
        assertThat(registry.received()).hasSize(6);
    }

    @Test
    void theFirstFailureStopsTheOthersAndIsTheOneThatIsTold() throws IOException {
        CountDownLatch stalled = new CountDownLatch(2);
        byte[] other = new byte[10];
        registry.guard(request -> {
            if (request.path().endsWith(layers.get(1).digest().hex())) {
                await(stalled);
                return Optional.of(Fault.bytes(new byte[(int) layers.get(1).size()]));
            }
            stalled.countDown();
            return Optional.of(Fault.stalled(other.length));
        });

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(this::fetchAll)
                .withMessage(registry.host() + " gave the wrong layer for '" + registry.host()
                        + "/base:1': its digest must be " + layers.get(1).digest() + ", it is "
                        + Digest.of(new byte[(int) layers.get(1).size()]) + "."
                        + "\n  Setting: <from><image> (-Dlambda-container.from.image)"
                        + "\n  Next: Do not build on this image before it is clear who changed it.");
        assertThat(downloading()).isEmpty();
        assertNothingKept();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anInterruptStopsAllOfThem() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);
        registry.guard(request -> {
            asked.countDown();
            return Optional.of(Fault.stalled(10));
        });
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread build = new Thread(() -> {
            try {
                fetchAll();
            } catch (Failure e) {
                failure.set(Thread.currentThread().isInterrupted() ? e : null);
            }
        });
        build.start();
        await(asked);

        build.interrupt();
        build.join();

        assertThat(failure.get())
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The build was interrupted while downloading a layer from " + registry.host() + "."
                        + "\n  Setting: <from><image> (-Dlambda-container.from.image)"
                        + "\n  Next: Run the build again.");
        assertThat(downloading()).isEmpty();
        assertNothingKept();
    }

    @Test
    void saysOfflineWhichLayerIsMissing() {
        HttpSettings offline = HttpSettings.DEFAULT.withOffline(true);
        List<Descriptor> last = layers.subList(5, 6);
        client.anonymous().fetchAll(registry.reference("base:1"), layers.subList(0, 5), () -> {});

        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> client.with(offline).fetchAll(registry.reference("base:1"), layers, () -> {}))
                .withMessageStartingWith("The layer " + last.get(0).digest() + " of the base image");
    }

    @Test
    void aBaseWithoutLayersNeedsNothing() {
        assertThat(client.anonymous().fetchAll(registry.reference("base:1"), List.of(), () -> {}))
                .isEmpty();
    }

    private void assertNothingKept() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
