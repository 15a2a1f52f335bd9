package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.SmallDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A push whose cache is on a disk that is full. */
@EnabledIf(
        value = "io.github.lambdacontainer.SmallDisk#isPossible",
        disabledReason = "Only root may mount the small disk that this test fills")
class FullDiskPushIT extends PushScene {

    private static void fill(Path directory) throws IOException {
        try (OutputStream out = Files.newOutputStream(directory.resolve("full"))) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessage("No space left on device");
        }
    }

    @Test
    void theLayersOfABaseNeedNoDiskOnTheirWay() throws Exception {
        Credentials aws = new Credentials("AWS", "canary-7f3a");
        registry.guard(request -> request.header("Authorization").isPresent()
                ? Optional.empty()
                : Optional.of(Fault.status(401, "", "WWW-Authenticate", "Basic realm=\"ecr\"")));
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 1)) {
            fill(disk.directory());
            ReadingClient full = new ReadingClient(disk.directory());

            full.pusher(CredentialSource.explicit("<to><auth>", aws)).push(push);

            assertPushed();
            assertThat(disk.directory().resolve("blobs")).doesNotExist();
            assertThat(Files.getFileStore(disk.directory()).getUsableSpace()).isZero();
        }
    }
}
