package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static io.github.lambdacontainer.registry.PushedApp.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A base in one registry, and an image on it that goes to another. */
@Timeout(60)
abstract class PushScene {

    static final String TO_IMAGE = "\n  Setting: <to><image> (-Dlambda-container.to.image)\n  Next: ";
    static final String TO_AUTH = "\n  Setting: <to><auth> (-Dlambda-container.to.auth)\n  Next: ";
    static final byte[] BASE_LAYER = random(1, 300_000);
    static final byte[] LAYER = random(2, 200_000);

    @TempDir
    Path directory;

    final ScriptedRegistry source = ScriptedRegistry.http();
    final ScriptedRegistry registry = ScriptedRegistry.http();
    ReadingClient client;
    Descriptor baseLayer;
    ImagePush push;

    @BeforeEach
    void put() {
        client = new ReadingClient(directory.resolve("cache"));
        baseLayer = source.blob("base", OCI.layerType(), BASE_LAYER);
        push = app().push(registry.reference("app:1"), "1");
    }

    PushedApp app() {
        return new PushedApp(OCI, directory.resolve("layers"))
                .base(source.reference("base:1"), baseLayer)
                .layer(LAYER);
    }

    @AfterEach
    void close() {
        source.close();
        registry.close();
    }

    Digest digest() {
        return push.manifest().digest();
    }

    long configSize() {
        return push.blobs().get(push.blobs().size() - 1).descriptor().size();
    }

    /** Puts another image under the tag. */
    Digest earlierImage() {
        Descriptor config = registry.blob("app", OCI.configType(), "{}".getBytes());
        return registry.manifest("app", OCI.manifestType(), ScriptedRegistry.manifestJson(OCI, config, List.of()), "1")
                .digest();
    }

    void assertPushed() {
        assertThat(registry.store().tag("app", "1")).contains(digest());
        push.blobs()
                .forEach(blob -> assertThat(registry.store()
                                .get("/v2/app/blobs/" + blob.descriptor().digest()))
                        .isPresent());
    }

    long asked(String method, String pathPart) {
        return registry.received().stream()
                .filter(r -> r.method().equals(method) && r.path().contains(pathPart))
                .count();
    }

    static Fault[] times(int count, Fault fault) {
        return Collections.nCopies(count, fault).toArray(Fault[]::new);
    }

    /** Threads of pushes that do not end. */
    static Stream<Thread> leftBehind() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lambda-container-"))
                .filter(PushScene::staysAlive);
    }

    private static boolean staysAlive(Thread thread) {
        try {
            thread.join(10_000);
            return thread.isAlive();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
