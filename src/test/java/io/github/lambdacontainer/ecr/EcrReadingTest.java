package io.github.lambdacontainer.ecr;

import static io.github.lambdacontainer.image.Architecture.X86_64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.registry.Registries;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import io.github.lambdacontainer.registry.TransferListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry client with ECR's tokens, against a whole ECR. */
class EcrReadingTest extends EcrTest {

    @TempDir
    Path cache;

    private Descriptor layer;

    private Registries registries() {
        return new Registries(
                new BlobCache(cache),
                new FactCache(cache),
                List.of(new Ecr(fake.settings(), AwsListener.SILENT).credentials()),
                fake.settings(),
                new TransferListener() {});
    }

    private void putImage() {
        FakeRepository repository = fake.repository("team/base");
        byte[] layerBytes = "a layer".getBytes(UTF_8);
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[\"" + Digest.of(layerBytes) + "\"]}}")
                .getBytes(UTF_8);
        layer = new Descriptor(
                "application/vnd.oci.image.layer.v1.tar", repository.blob(layerBytes), layerBytes.length);
        Descriptor configDescriptor =
                new Descriptor(ImageFormat.OCI.configType(), repository.blob(config), config.length);
        repository.manifest(
                ImageFormat.OCI.manifestType(),
                ScriptedRegistry.manifestJson(ImageFormat.OCI, configDescriptor, List.of(layer))
                        .getBytes(UTF_8),
                "1");
    }

    @Test
    void readsAPrivateRepository() throws Exception {
        properties.keys();
        putImage();
        Reference image = Reference.parse(fake.host() + "/team/base:1", "from.image");
        Registries registries = registries();

        registries.resolve(image, X86_64);
        Path file = registries.fetch(image, layer);

        assertThat(Files.readString(file)).isEqualTo("a layer");
        assertThat(fake.calls()).hasSize(1);
        assertThat(fake.received())
                .filteredOn(request -> request.host().equals(fake.layerHost()))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.authorization()).isEmpty());
    }

    @Test
    void asksForOneMoreTokenInMidBuild() {
        properties.keys();
        putImage();
        Reference image = Reference.parse(fake.host() + "/team/base:1", "from.image");
        Registries registries = registries();
        registries.resolve(image, X86_64);
        fake.forgetTokens();

        registries.fetch(image, layer);

        assertThat(fake.calls()).hasSize(2);
    }

    @Test
    void isKnownToTheGalleryIfThereAreCredentials() {
        properties.keys();
        putImage();

        registries().resolve(Reference.parse("public.ecr.aws/team/base:1", "from.image"), X86_64);

        assertThat(authorizations()).contains("Bearer known").doesNotContain("Bearer anonymous");
    }

    @Test
    void readsTheGalleryAnonymouslyOtherwise() {
        putImage();

        registries().resolve(Reference.parse("public.ecr.aws/team/base:1", "from.image"), X86_64);

        assertThat(authorizations()).contains("Bearer anonymous").doesNotContain("Bearer known");
        assertThat(fake.calls()).isEmpty();
    }

    private List<String> authorizations() {
        return fake.received().stream()
                .map(FakeEcr.Received::authorization)
                .flatMap(Optional::stream)
                .toList();
    }
}
