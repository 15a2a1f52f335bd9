package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.registry.ScriptedRegistry.Received;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs that another repository of the registry has. */
class MountTest extends PushScene {

    /** The base is in the target's registry. */
    private PushedApp sameRegistry() {
        return new PushedApp(OCI, directory.resolve("layers"))
                .base(registry.reference("base:1"), registry.blob("base", OCI.layerType(), BASE_LAYER))
                .layer(LAYER);
    }

    private List<Received> mounts() {
        return registry.received().stream()
                .filter(request -> request.query().contains("mount="))
                .toList();
    }

    @Test
    void takesTheLayersOfABaseOnTheSameRegistry() throws Exception {
        push = sameRegistry().push(registry.reference("team/app:1"), "1");

        assertThat(client.pusher().push(push)).isEqualTo(new PushedImage(false, 0, 1, 2, 200_000 + configSize()));

        assertThat(mounts()).hasSize(1);
        assertThat(mounts().get(0).query())
                .isEqualTo("mount=sha256%3A" + baseLayer.digest().hex() + "&from=base");
        assertThat(registry.requests()).noneMatch(request -> request.startsWith("GET /v2/base/"));
        assertThat(client.told).contains("mounted 300000 from base").doesNotContain("uploading 300000");
    }

    @Test
    void takesLayersOfSiblingsButNoConfig() throws Exception {
        registry.blob("team/sibling", OCI.layerType(), LAYER);
        registry.blob("team/sibling", OCI.layerType(), BASE_LAYER);
        push = app().push(registry.reference("app:1"), List.of("1"), List.of("empty", "team/sibling"));

        assertThat(client.pusher().push(push)).isEqualTo(new PushedImage(false, 0, 2, 1, configSize()));

        assertPushed();
        assertThat(source.requests()).isEmpty();
        assertThat(mounts()).hasSize(4);
    }

    @Test
    void usesTheUploadThatIsOpenedInstead() throws Exception {
        registry.store().mountNothing();
        push = sameRegistry().push(registry.reference("app:1"), "1");

        assertThat(client.pusher().push(push).uploaded()).isEqualTo(3);

        assertPushed();
        assertThat(registry.store().openUploads()).isZero();
        assertThat(asked("POST", "/uploads/")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405})
    void uploadsWhereMountingIsRefusedAndAsksNoMore(int status) throws Exception {
        for (int seed = 10; seed < 20; seed++) {
            registry.blob("base", OCI.layerType(), PushedApp.random(seed, 1000));
        }
        registry.guard(request -> Optional.of(Fault.status(status, ""))
                .filter(fault -> request.query().contains("mount=")));
        PushedApp app = sameRegistry();
        for (int seed = 10; seed < 20; seed++) {
            app.base(
                    registry.reference("base:1"), registry.blob("base", OCI.layerType(), PushedApp.random(seed, 1000)));
        }
        push = app.push(registry.reference("app:1"), "1");

        assertThat(client.pusher().push(push).uploaded()).isEqualTo(13);

        assertPushed();
        assertThat(mounts()).hasSize(1);
        assertThat(client.slept).isEmpty();
    }

    /** The first blob is tried alone, and then as many at once as there are threads for questions. */
    @Test
    void doesNotAskForEveryBlobWhereUploadsAreOpenedInstead() throws Exception {
        registry.store().mountNothing();
        PushedApp app = sameRegistry();
        for (int seed = 10; seed < 40; seed++) {
            app.base(
                    registry.reference("base:1"), registry.blob("base", OCI.layerType(), PushedApp.random(seed, 1000)));
        }
        push = app.push(registry.reference("app:1"), "1");

        assertThat(client.pusher().push(push).uploaded()).isEqualTo(33);

        assertPushed();
        assertThat(mounts()).hasSizeBetween(2, 9);
    }

    @Test
    void waitsForNoMount() throws Exception {
        registry.guard(request -> Optional.of(Fault.status(503, "", "Retry-After", "60"))
                .filter(fault -> request.query().contains("mount=")));
        push = sameRegistry().push(registry.reference("app:1"), "1");

        assertThat(client.pusher().push(push).uploaded()).isEqualTo(3);

        assertPushed();
        assertThat(mounts()).hasSize(1);
        assertThat(client.slept).isEmpty();
    }

    @Test
    void asksOnceMoreAfterAConnectionThatBreaks() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        registry.guard(request -> Optional.of(Fault.dropped())
                .filter(fault -> request.query().contains("mount=") && !broken.getAndSet(true)));
        push = sameRegistry().push(registry.reference("app:1"), "1");

        assertThat(client.pusher().push(push).mounted()).isOne();

        assertPushed();
        assertThat(mounts()).hasSize(2);
    }

    @Test
    void givesUpWhereConnectionsBreakAgain() throws Exception {
        registry.guard(request ->
                Optional.of(Fault.dropped()).filter(fault -> request.query().contains("mount=")));
        push = sameRegistry().push(registry.reference("app:1"), "1");

        assertThat(client.pusher().push(push).uploaded()).isEqualTo(3);

        assertPushed();
        assertThat(mounts()).hasSize(2);
        assertThat(client.slept).isEmpty();
    }

    @Test
    void asksForNothingFromItself() throws Exception {
        push = sameRegistry().push(registry.reference("base:2"), List.of("2"), List.of("base"));

        client.pusher().push(push);

        assertThat(mounts()).isEmpty();
    }
}
