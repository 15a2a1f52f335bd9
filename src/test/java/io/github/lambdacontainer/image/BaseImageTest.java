package io.github.lambdacontainer.image;

import static io.github.lambdacontainer.image.Bases.base;
import static io.github.lambdacontainer.image.Bases.diffIds;
import static io.github.lambdacontainer.image.Bases.json;
import static io.github.lambdacontainer.image.Bases.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BaseImageTest {

    private static final String ADVICE = "\n  Setting: <from><image> (-Dlambda-container.from.image)"
            + "\n  Next: Use another base image, or have this one built and pushed again.";

    @Test
    void readsWhatTheConfigSays() {
        BaseImage image = base(ImageFormat.OCI, 1, """
                {"architecture":"arm64","variant":"v8","os":"linux","config":{
                "Env":["B=1","A=x=y","EMPTY=","BARE"],"Entrypoint":["/e","-x"],"WorkingDir":"/var/task","User":"app"},
                "rootfs":%s}""".formatted(diffIds(1)));

        assertThat(image.format()).isEqualTo(ImageFormat.OCI);
        assertThat(image.environment())
                .containsExactly(entry("B", "1"), entry("A", "x=y"), entry("EMPTY", ""), entry("BARE", ""));
        assertThat(image.entrypoint()).containsExactly("/e", "-x");
        assertThat(image.workingDirectory()).contains("/var/task");
        assertThat(image.user()).contains("app");
        assertThat(image.architecture()).contains(Architecture.ARM64);
        assertThat(image.architectureName()).contains("arm64");
        assertThat(image.variant()).contains("v8");
        assertThat(image.operatingSystem()).contains("linux");
        assertThat(image.layers())
                .containsExactly(new BaseLayer(
                        new Descriptor(ImageFormat.OCI.layerType(), Bases.digest("blob 0"), 100),
                        Bases.digest("tar 0")));
    }

    @Test
    void takesNullAndEmptyForAbsent() {
        BaseImage image = base(ImageFormat.DOCKER, 0, """
                {"architecture":"s390x","config":{"Env":null,"Entrypoint":null,"WorkingDir":"","User":"","Labels":null},
                "history":null,"rootfs":{"type":"layers","diff_ids":null}}""");

        assertThat(image.environment()).isEmpty();
        assertThat(image.entrypoint()).isEmpty();
        assertThat(image.workingDirectory()).isEmpty();
        assertThat(image.user()).isEmpty();
        assertThat(image.architecture()).isEmpty();
        assertThat(image.architectureName()).contains("s390x");
        assertThat(image.layers()).isEmpty();
    }

    @Test
    void takesAnEntrypointThatIsOneString() {
        BaseImage image = base(ImageFormat.OCI, 0, "{\"config\":{\"Entrypoint\":\"/e\"},\"rootfs\":{}}");

        assertThat(image.entrypoint()).containsExactly("/e");
    }

    @ParameterizedTest
    @EnumSource
    void readsItsOwnEmptyBase(ImageFormat format) {
        BaseImage image = BaseImage.scratch(Architecture.X86_64, format);

        assertThat(image.format()).isEqualTo(format);
        assertThat(image.architecture()).contains(Architecture.X86_64);
        assertThat(image.layers()).isEmpty();
    }

    @Test
    void readsAManifestWithAByteOrderMark() {
        RawJson config = json("{\"rootfs\":{}}");
        RawJson manifest = json("\uFEFF" + Bases.text(manifest(ImageFormat.OCI, 0, "", config)));

        assertThat(BaseImage.parse(ImageFormat.OCI.manifestType(), manifest, config)
                        .layers())
                .isEmpty();
    }

    @Test
    void knowsTheFamilyByTheConfigWhereNothingElseSaysIt() {
        RawJson config = json("{\"rootfs\":{}}");

        assertThat(BaseImage.parse("application/json", manifest(ImageFormat.DOCKER, 0, "", config), config)
                        .format())
                .isEqualTo(ImageFormat.DOCKER);
    }

    @Test
    void takesOtherBlobsForTheSameLayers() {
        BaseImage image = base(ImageFormat.OCI, 1, "{\"rootfs\":" + diffIds(1) + "}");
        Descriptor other = new Descriptor(ImageFormat.OCI.layerType(), Bases.digest("other"), 7);

        assertThat(image.withLayerDescriptors(List.of(other)).layers())
                .containsExactly(new BaseLayer(other, Bases.digest("tar 0")));
        assertThatThrownBy(() -> image.withLayerDescriptors(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 descriptors for 1 layers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                      | it is not valid JSON (line 1, column 2).",
                "{\"a\":1,\"a\":2}                      | it is not valid JSON (line 1, column 11).",
                "{} x                                   | it is not valid JSON (line 1, column 4).",
                "[]                                     | it is not a JSON object.",
                "{}                                     | 'rootfs' is missing.",
                "{\"rootfs\":[]}                        | 'rootfs' is of type array, not an object.",
                "{\"rootfs\":{\"diff_ids\":{}}}         | 'rootfs.diff_ids' is of type object, not an array.",
                "{\"rootfs\":{\"diff_ids\":[7]}}        | 'rootfs.diff_ids[0]' is of type number, not a string.",
                "{\"rootfs\":{\"diff_ids\":[\"sha512:1\"]}} | 'rootfs.diff_ids[0]' is 'sha512:1', not a SHA-256 digest.",
                "{\"config\":1,\"rootfs\":{}}           | 'config' is of type number, not an object.",
                "{\"config\":{\"Env\":\"A=B\"},\"rootfs\":{}} | 'config.Env' is of type string, not an array.",
                "{\"config\":{\"Labels\":[]},\"rootfs\":{}} | 'config.Labels' is of type array, not an object.",
                "{\"architecture\":true,\"rootfs\":{}}  | 'architecture' is of type boolean, not a string.",
                "{\"history\":[{\"empty_layer\":1}],\"rootfs\":{}} | 'history[0].empty_layer' is of type number, not true or false.",
            })
    void namesWhatIsWrongInAConfig(String config, String why) {
        assertThatThrownBy(() -> base(ImageFormat.OCI, 0, config))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The base image's config " + json(config).digest() + " is malformed: " + why + ADVICE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                       | 'schemaVersion' is missing.",
                "{\"schemaVersion\":1}                    | 'schemaVersion' is 1, not 2.",
                "{\"schemaVersion\":\"2\"}                | 'schemaVersion' is of type string, not a 64-bit integer.",
                "{\"schemaVersion\":1e99}                 | 'schemaVersion' is of type number, not a 64-bit integer.",
                "{\"schemaVersion\":2}                    | 'config' is missing.",
                "{\"schemaVersion\":2,\"config\":{}}      | 'config.mediaType' is missing.",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"sha256:AB\"}} | 'config.size' is missing.",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"sha256:AB\",\"size\":-1}} | 'config.size' is -1, a negative size.",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\",\"digest\":\"sha256:AB\",\"size\":1}} | 'config.digest' is 'sha256:AB', not a SHA-256 digest.",
            })
    void namesWhatIsWrongInAManifest(String manifest, String why) {
        assertThatThrownBy(() -> BaseImage.parse(ImageFormat.OCI.manifestType(), json(manifest), json("{}")))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The base image's manifest " + json(manifest).digest() + " is malformed: " + why + ADVICE);
    }

    @Test
    void refusesADocumentThatIsNestedTooDeeply() {
        String config = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";

        assertThatThrownBy(() -> base(ImageFormat.OCI, 0, config))
                .hasMessage("The base image's config " + json(config).digest()
                        + " is malformed: it is nested too deeply or holds a number that is too long." + ADVICE);
    }

    @Test
    void refusesADocumentThatIsTooLarge() {
        String config = "{\"a\":\"" + "x".repeat(4 << 20) + "\"}";

        assertThatThrownBy(() -> base(ImageFormat.OCI, 0, config))
                .hasMessage("The base image's config " + json(config).digest()
                        + " is malformed: it has 4194312 bytes, more than 4194304." + ADVICE);
    }

    @Test
    void refusesAnotherConfigThanTheManifestNames() {
        RawJson named = json("{\"rootfs\":{}}");
        RawJson other = json("{}");
        RawJson manifest = manifest(ImageFormat.OCI, 0, "", named);

        assertThatThrownBy(() -> BaseImage.parse(ImageFormat.OCI.manifestType(), manifest, other))
                .hasMessage("The base image's manifest " + manifest.digest() + " is malformed: it names the config "
                        + named.digest() + " (13 bytes), and the config is " + other.digest() + " (2 bytes)." + ADVICE);
    }

    @Test
    void refusesAnotherNumberOfLayersThanOfDiffIds() {
        RawJson config = json("{\"rootfs\":" + diffIds(1) + "}");
        RawJson manifest = manifest(ImageFormat.OCI, 2, "x", config);

        assertThatThrownBy(() -> BaseImage.parse(ImageFormat.OCI.manifestType(), manifest, config))
                .hasMessage("The base image's manifest " + manifest.digest()
                        + " is malformed: it has 2 layers, and the config " + config.digest() + " has 1 diff_ids."
                        + ADVICE);
    }

    @Test
    void refusesAnIndex() {
        RawJson index = json(
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}");

        assertThatThrownBy(() -> BaseImage.parse(ImageFormat.OCI.manifestType(), index, json("{}")))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The base image's manifest " + index.digest() + " is of the media type"
                        + " 'application/vnd.oci.image.index.v1+json', which is not that of one image."
                        + "\n  Setting: <from><image> (-Dlambda-container.from.image)"
                        + "\n  Next: Use a base image whose manifest is an OCI image manifest or a Docker image manifest"
                        + " version 2, schema 2.");
    }

    private static java.util.Map.Entry<String, String> entry(String name, String value) {
        return java.util.Map.entry(name, value);
    }
}
