package io.github.lambdacontainer.image;

import static io.github.lambdacontainer.image.Bases.PLAIN;
import static io.github.lambdacontainer.image.Bases.base;
import static io.github.lambdacontainer.image.Bases.diffIds;
import static io.github.lambdacontainer.image.Bases.digest;
import static io.github.lambdacontainer.image.Bases.layer;
import static io.github.lambdacontainer.image.Bases.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.UserFailure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComposerTest {

    private static final String RICH = """
            {"architecture":"arm64","variant":"v8","os":"linux","os.version":"1","os.features":["x"],"author":"A. Uthor",\
            "created":"2020-01-01T00:00:00Z","config":{"Env":["PATH=/bin","LANG=C","X=1"],"Entrypoint":["/old"],\
            "Cmd":["old"],"StopSignal":"SIGINT","Shell":["/bin/sh","-c"],"OnBuild":["RUN x"],\
            "Healthcheck":{"Test":["NONE"],"Interval":30000000000},"Labels":{"b":"1","a":"2"},\
            "Volumes":{"/data":{}},"ExposedPorts":{"80/tcp":{}},"Unknown":123456789012345678901234567890},\
            "rootfs":%s,"history":[{"created_by":"base","empty_layer":true},{"created_by":"base"}],"more":1.50}""".formatted(diffIds(1));

    private static Image compose(BaseImage base, ContainerConfig config, Layer... layers) {
        return Composer.compose(base, List.of(layers), config, Optional.empty());
    }

    @Test
    void keepsEveryFieldOfTheBaseInItsPlace() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("NEW", "n=1");
        environment.put("LANG", "C.UTF-8");
        ContainerConfig config = new ContainerConfig(
                Optional.of(List.of("/java", "Main")),
                List.of("com.example.Hello::run"),
                environment,
                Map.of("a", "3"),
                Optional.of("/var/task"),
                Optional.of("993"),
                Instant.parse("2026-11-23T00:00:00Z"));

        Image image = compose(base(ImageFormat.OCI, 1, RICH), config, layer("classes"));

        assertThat(text(image.config())).isEqualTo("""
                {"architecture":"arm64","variant":"v8","os":"linux","os.version":"1","os.features":["x"],"author":"A. Uthor",\
                "created":"2026-11-23T00:00:00Z","config":{"Env":["PATH=/bin","LANG=C.UTF-8","X=1","NEW=n=1"],\
                "Entrypoint":["/java","Main"],"Cmd":["com.example.Hello::run"],"StopSignal":"SIGINT",\
                "Shell":["/bin/sh","-c"],"OnBuild":["RUN x"],"Healthcheck":{"Test":["NONE"],"Interval":30000000000},\
                "Labels":{"b":"1","a":"3"},"Volumes":{"/data":{}},"ExposedPorts":{"80/tcp":{}},\
                "Unknown":123456789012345678901234567890,"WorkingDir":"/var/task","User":"993"},\
                "rootfs":{"type":"layers","diff_ids":["%s","%s"]},\
                "history":[{"created_by":"base","empty_layer":true},{"created_by":"base"},\
                {"created":"2026-11-23T00:00:00Z","created_by":"lambda-container-maven-plugin","comment":"classes"}],\
                "more":1.50}""".formatted(digest("tar 0"), digest("classes")));
        assertThat(image.entrypoint()).containsExactly("/java", "Main");
        assertThat(image.cmd()).containsExactly("com.example.Hello::run");
    }

    @Test
    void keepsTheEntrypointAndReplacesTheCommand() {
        Image image = compose(base(ImageFormat.OCI, 1, RICH), PLAIN);

        assertThat(image.entrypoint()).containsExactly("/old");
        assertThat(image.cmd()).containsExactly("com.example.Hello");
    }

    @Test
    void writesTheManifestOverThatOfTheBase() {
        Image image = compose(base(ImageFormat.DOCKER, 1, RICH), PLAIN, layer("classes"));

        assertThat(text(image.manifest())).isEqualTo("""
                {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",\
                "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"},\
                "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","digest":"%s","size":100},\
                {"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":10,"digest":"%s"}],\
                "annotations":{"org.example":"kept"}}""".formatted(
                        image.config().size(), image.imageId(), digest("blob 0"), digest("classes gzip")));
        assertThat(image.digest()).isEqualTo(image.manifest().digest());
        assertThat(image.compressedSize()).isEqualTo(110);
        assertThat(image.layers()).extracting(ImageLayer::name).containsExactly("base", "classes");
    }

    @Test
    void keepsTheMediaTypesOfBaseLayersWithinAFamily() {
        String zstd = "application/vnd.oci.image.layer.v1.tar+zstd";

        Image image = compose(base(ImageFormat.OCI, 1, zstd, RICH), PLAIN, layer("classes"));

        assertThat(image.layers())
                .extracting(layer -> layer.descriptor().mediaType())
                .containsExactly(zstd, ImageFormat.OCI.layerType());
    }

    @Test
    void mapsTheMediaTypesOfBaseLayersToAnotherFamily() {
        BaseImage base = base(ImageFormat.DOCKER, 1, RICH);

        Image image = Composer.compose(base, List.of(layer("classes")), PLAIN, Optional.of(ImageFormat.OCI));

        assertThat(image.format()).isEqualTo(ImageFormat.OCI);
        assertThat(image.layers())
                .extracting(layer -> layer.descriptor().mediaType())
                .containsExactly(ImageFormat.OCI.layerType(), ImageFormat.OCI.layerType());
        assertThat(text(image.manifest())).doesNotContain("docker");
    }

    @Test
    void refusesAFamilyThatDoesNotHaveTheTypeOfABaseLayer() {
        BaseImage base = base(ImageFormat.OCI, 1, "application/vnd.oci.image.layer.v1.tar+zstd", RICH);

        assertThatThrownBy(() -> Composer.compose(base, List.of(), PLAIN, Optional.of(ImageFormat.DOCKER)))
                .isInstanceOf(UserFailure.class)
                .hasMessage(
                        "Layer 0 of the base image has the media type 'application/vnd.oci.image.layer.v1.tar+zstd',"
                                + " which the format DOCKER does not have."
                                + "\n  Setting: <container><format> (-Dlambda-container.container.format)"
                                + "\n  Next: Leave the setting out, or set it to OCI.");
    }

    @Test
    void forgetsTheAnnotationsOfALayerThatWasReplaced() {
        BaseImage base = base(ImageFormat.OCI, 1, RICH);
        Descriptor other = new Descriptor(ImageFormat.OCI.layerType(), digest("other"), 7);

        Image image = compose(base.withLayerDescriptors(List.of(other)), PLAIN);

        assertThat(text(image.manifest()))
                .contains(digest("other").toString())
                .doesNotContain(digest("blob 0").hex());
    }

    @Test
    void givesEachBaseLayerAHistoryEntryWhereTheBaseHasTooFew() {
        BaseImage base =
                base(ImageFormat.OCI, 2, "{\"rootfs\":" + diffIds(2) + ",\"history\":[{\"comment\":\"first\"}]}");

        Image image = compose(base, PLAIN, layer("classes"));

        assertThat(text(image.config())).contains("""
                "history":[{"comment":"first"},\
                {"created_by":"lambda-container-maven-plugin","comment":"layer of the base image"},\
                {"created":"1970-01-01T00:00:00Z","created_by":"lambda-container-maven-plugin","comment":"classes"}]""");
    }

    @Test
    void keepsAHistoryThatIsLongerThanTheLayers() {
        BaseImage base = base(ImageFormat.OCI, 0, "{\"rootfs\":{},\"history\":[{\"comment\":\"first\"}]}");

        assertThat(text(compose(base, PLAIN).config())).contains("\"history\":[{\"comment\":\"first\"}]");
    }

    @Test
    void fillsABareConfig() {
        BaseImage base = base(ImageFormat.OCI, 0, "{\"rootfs\":{},\"config\":null,\"history\":null}");

        assertThat(text(compose(base, PLAIN, layer("classes")).config())).isEqualTo("""
                {"rootfs":{"diff_ids":["%s"]},"config":{"Cmd":["com.example.Hello"]},\
                "history":[{"created":"1970-01-01T00:00:00Z","created_by":"lambda-container-maven-plugin","comment":"classes"}],\
                "created":"1970-01-01T00:00:00Z"}""".formatted(digest("classes")));
    }

    @Test
    void neverBecomesAnAttachmentOfTheBaseOfItsBase() {
        RawJson config = Bases.json("{\"rootfs\":{}}");
        String manifest = text(Bases.manifest(ImageFormat.OCI, 0, "", config));
        RawJson attached = Bases.json(manifest.replace("\"schemaVersion\"", "\"subject\":{},\"schemaVersion\""));

        Image image = compose(BaseImage.parse(ImageFormat.OCI.manifestType(), attached, config), PLAIN);

        assertThat(text(image.manifest())).doesNotContain("subject").contains("org.example");
    }

    @Test
    void writesHalfASurrogatePairAsItWasRead() {
        BaseImage base = base(ImageFormat.OCI, 0, "{\"rootfs\":{},\"x\":\"\\uD800 é\"}");

        assertThat(text(compose(base, PLAIN).config())).contains("\"x\":\"\\uD800 \\u00E9\"");
    }
}
