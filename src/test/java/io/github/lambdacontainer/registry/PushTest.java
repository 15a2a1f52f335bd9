package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static io.github.lambdacontainer.registry.PushedApp.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.Descriptor;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PushTest {

    @TempDir
    Path directory;

    private final ScriptedRegistry source = ScriptedRegistry.http();
    private final ScriptedRegistry registry = ScriptedRegistry.http();
    private final byte[] baseLayer = random(1, 300_000);
    private final byte[] layer = random(2, 200_000);
    private ReadingClient client;
    private ImagePush push;

    @BeforeEach
    void put() {
        client = new ReadingClient(directory.resolve("cache"));
        Descriptor base = source.blob("base", OCI.layerType(), baseLayer);
        push = new PushedApp(OCI, directory.resolve("layers"))
                .base(source.reference("base:1"), base)
                .layer(layer)
                .push(registry.reference("app:1"), "1", "latest");
    }

    @AfterEach
    void close() {
        source.close();
        registry.close();
    }

    @Test
    void pushesAnImage() throws Exception {
        PushedImage pushed = client.pusher().push(push);

        assertThat(pushed).isEqualTo(new PushedImage(false, 0, 0, 3, 500_000 + size()));
        assertThat(registry.store().tag("app", "1")).contains(push.manifest().digest());
        assertThat(registry.store().tag("app", "latest"))
                .contains(push.manifest().digest());
        assertThat(registry.store().openUploads()).isZero();
        registry.forget();
        assertThat(client.pusher().push(push)).isEqualTo(new PushedImage(true, 3, 0, 0, 0));
        assertThat(registry.requests()).containsExactly("HEAD /v2/app/manifests/1", "HEAD /v2/app/manifests/latest");
    }

    private long size() {
        return push.blobs().get(2).descriptor().size();
    }
}
