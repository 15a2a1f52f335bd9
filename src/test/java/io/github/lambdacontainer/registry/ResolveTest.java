package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.Architecture.ARM64;
import static io.github.lambdacontainer.image.Architecture.X86_64;
import static io.github.lambdacontainer.image.ImageFormat.DOCKER;
import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolveTest {

    private static final String FROM_IMAGE = "\n  Setting: <from><image> (-Dlambda-container.from.image)\n  Next: ";
    private static final String ARCHITECTURES =
            "\n  Setting: <architectures> (-Dlambda-container.architectures)\n  Next: ";
    private static final String CHANGED = FROM_IMAGE + "Do not build on this image before it is clear who changed it.";
    private static final String REPUSH = FROM_IMAGE + "Take another base image, or have this one pushed again.";

    @TempDir
    Path cache;

    private final ScriptedRegistry registry = ScriptedRegistry.http();

    @AfterEach
    void close() {
        registry.close();
    }

    private ResolvedImage resolve(String rest, Architecture architecture) {
        return new ReadingClient(cache).anonymous().resolve(registry.reference(rest), architecture);
    }

    @Test
    void findsTheManifestAndConfigOfATag() {
        Descriptor manifest = registry.image("base", DOCKER, X86_64, List.of(), "1");

        ResolvedImage image = resolve("base:1", X86_64);

        assertThat(image.reference()).isEqualTo(registry.reference("base:1"));
        assertThat(image.mediaType()).isEqualTo(DOCKER.manifestType());
        assertThat(image.manifest().digest()).isEqualTo(manifest.digest());
        assertThat(new String(image.config().bytes())).startsWith("{\"architecture\":\"amd64\"");
    }

    @Test
    void leavesADocumentAloneThatIsInTheCacheAlready() throws IOException {
        Descriptor image = registry.image("base", OCI, X86_64, List.of(), "1");
        resolve("base:1", X86_64);
        Path cached = cache.resolve("blobs/sha256").resolve(image.digest().hex());
        Object file = Files.readAttributes(cached, BasicFileAttributes.class).fileKey();

        resolve("base:1", X86_64);

        assertThat(Files.readAttributes(cached, BasicFileAttributes.class).fileKey())
                .isEqualTo(file);
    }

    @Test
    void findsTheManifestOfADigestAndThenNeedsNoRequestAtAll() {
        Descriptor manifest = registry.image("base", OCI, ARM64, List.of());
        ResolvedImage first = resolve("base:gone@" + manifest.digest(), ARM64);
        int requests = registry.received().size();

        ResolvedImage second = resolve("base:gone@" + manifest.digest(), ARM64);

        assertThat(second).isEqualTo(first);
        assertThat(registry.received()).hasSize(requests);
    }

    @Test
    void takesAManifestWithoutMediaTypeForOci() {
        Descriptor config = registry.blob("base", "x", "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes());
        registry.manifest(
                "base",
                OCI.manifestType(),
                "{\"schemaVersion\":2,\"config\":" + ScriptedRegistry.json(config) + "}",
                "1");

        assertThat(resolve("base:1", X86_64).mediaType()).isEqualTo(OCI.manifestType());
    }

    @Test
    void findsTheChildOfAnIndexBetweenAttestationsUnknownFieldsAndDuplicates() {
        Descriptor arm = registry.image("base", OCI, ARM64, List.of());
        Descriptor amd = registry.image("base", OCI, X86_64, List.of());
        index(
                ImageFormat.DOCKER.indexType(),
                entry(amd, "unknown", "unknown", ""),
                attestation(amd),
                entry(amd, "windows", "amd64", ""),
                entry(amd, "linux", "amd64", "v3"),
                "{\"artifactType\":null,\"data\":\"e30=\",\"annotations\":{\"a\":\"b\"},"
                        + entry(amd, "linux", "amd64", "").substring(1),
                entry(arm, "linux", "amd64", ""),
                entry(arm, "linux", "arm64", "v8"));

        assertThat(resolve("base:1", X86_64).manifest().digest()).isEqualTo(amd.digest());
        assertThat(resolve("base:1", ARM64).manifest().digest()).isEqualTo(arm.digest());
    }

    @Test
    void looksIntoNestedIndexes() {
        Descriptor amd = registry.image("base", OCI, X86_64, List.of());
        Descriptor inner = index(ImageFormat.OCI.indexType(), entry(amd, "linux", "amd64", ""));
        index(ImageFormat.OCI.indexType(), ScriptedRegistry.json(inner));

        assertThat(resolve("base:1", X86_64).manifest().digest()).isEqualTo(amd.digest());
    }

    @Test
    void asksTheConfigOfAnEntryThatNamesNoPlatform() {
        Descriptor arm = registry.image("base", OCI, ARM64, List.of());
        Descriptor amd = registry.image("base", OCI, X86_64, List.of());
        Descriptor signature = registry.manifest(
                "base",
                OCI.manifestType(),
                ScriptedRegistry.manifestJson(OCI, registry.blob("base", "x/signature", new byte[] {1}), List.of()));
        index(
                ImageFormat.OCI.indexType(),
                ScriptedRegistry.json(signature),
                ScriptedRegistry.json(arm),
                ScriptedRegistry.json(amd));

        assertThat(resolve("base:1", X86_64).manifest().digest()).isEqualTo(amd.digest());
        assertThat(resolve("base:1", ARM64).manifest().digest()).isEqualTo(arm.digest());
    }

    @Test
    void listsThePlatformsThatOnlyConfigsName() {
        index(ImageFormat.OCI.indexType(), ScriptedRegistry.json(registry.image("base", OCI, ARM64, List.of())));

        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> resolve("base:1", X86_64))
                .withMessage("The base image '" + registry.host()
                        + "/base:1' has no image for linux/amd64; it has linux/arm64." + ARCHITECTURES
                        + "Choose an architecture that the base image has, or another base image.");
    }

    @Test
    void listsThePlatformsWhenTheOneAskedForIsMissing() {
        Descriptor image = registry.image("base", OCI, X86_64, List.of());
        index(
                ImageFormat.OCI.indexType(),
                entry(image, "linux", "amd64", ""),
                entry(image, "linux", "arm", "v7"),
                entry(image, "linux", "arm", "v7"),
                attestation(image));

        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> resolve("base:1", ARM64))
                .withMessage("The base image '" + registry.host() + "/base:1' has no image for linux/arm64; it has"
                        + " linux/amd64, linux/arm/v7." + ARCHITECTURES
                        + "Choose an architecture that the base image has, or another base image.");
    }

    @Test
    void refusesASingleImageForAnotherArchitecture() {
        registry.image("base", OCI, X86_64, List.of(), "1");

        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> resolve("base:1", ARM64))
                .withMessage("The base image '" + registry.host() + "/base:1' is for linux/amd64, not for linux/arm64."
                        + ARCHITECTURES + "Choose the architecture of the base image, or another base image.");
    }

    @Test
    void saysThatABaseIsNotFoundInTheRegistrysOwnWords() {
        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> resolve("nope:1", X86_64))
                .withMessage("The base image '" + registry.host() + "/nope:1' was not found: " + registry.host()
                        + " answered 404 (NAME_UNKNOWN: no such thing here)." + FROM_IMAGE
                        + "Correct the name, the tag or the digest.");
        assertThat(registry.paths()).containsExactly("/v2/nope/manifests/1");
    }

    @Test
    void namesBothDigestsWhenAPinnedManifestIsAnother() {
        Descriptor right = registry.image("base", OCI, X86_64, List.of());
        byte[] other = "{\"schemaVersion\":2}".getBytes();
        registry.fail("/manifests/" + right.digest(), Fault.bytes(other));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve("base@" + right.digest(), X86_64))
                .withMessage(wrong("manifest", "base@" + right.digest(), right.digest(), Digest.of(other)));
    }

    @Test
    void namesBothDigestsWhenTheChildOfAnIndexIsAnother() {
        Descriptor child = registry.image("base", OCI, X86_64, List.of());
        index(ImageFormat.OCI.indexType(), entry(child, "linux", "amd64", ""));
        byte[] other = "{\"schemaVersion\":2}".getBytes();
        registry.fail("/manifests/" + child.digest(), Fault.bytes(other));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve("base:1", X86_64))
                .withMessage(wrong("manifest", "base:1", child.digest(), Digest.of(other)));
    }

    @Test
    void namesBothDigestsWhenTheConfigIsAnother() {
        Descriptor config = registry.blob("base", "x", "{\"architecture\":\"amd64\"}".getBytes());
        registry.manifest("base", OCI.manifestType(), ScriptedRegistry.manifestJson(OCI, config, List.of()), "1");
        byte[] other = "{\"architecture\":\"arm64\"}".getBytes();
        registry.fail("/blobs/" + config.digest(), Fault.bytes(other));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve("base:1", X86_64))
                .withMessage(wrong("config", "base:1", config.digest(), Digest.of(other)));
    }

    @Test
    void believesTheDigestThatTheRegistryAnnouncesOnlyIfItIsTheContents() {
        byte[] content = "{}".getBytes();
        Digest announced = Digest.of("other".getBytes());
        registry.fail("/manifests/1", Fault.status(200, "{}", "Docker-Content-Digest", announced.toString()));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve("base:1", X86_64))
                .withMessage(wrong("manifest", "base:1", announced, Digest.of(content)));
    }

    @Test
    void refusesAConfigThatIsShorterThanItsDescriptorSays() {
        Descriptor config = registry.blob("base", "x", "{}".getBytes());
        Descriptor longer = new Descriptor("x", config.digest(), 3);
        registry.manifest("base", OCI.manifestType(), ScriptedRegistry.manifestJson(OCI, longer, List.of()), "1");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve("base:1", X86_64))
                .withMessage(registry.host() + " gave the wrong config for '" + registry.host() + "/base:1': "
                        + config.digest() + " must have 3 bytes." + CHANGED);
    }

    @Test
    void refusesSchema1ByName() {
        registry.manifest(
                "base", "application/vnd.docker.distribution.manifest.v1+prettyjws", "{\"schemaVersion\":1}", "1");

        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> resolve("base:1", X86_64))
                .withMessage("The base image '" + registry.host()
                        + "/base:1' is in Docker's schema 1, which is not supported." + FROM_IMAGE
                        + "Take a base image in Docker's version 2 schema 2 or in OCI format.");
    }

    @Test
    void stopsReadingAnEndlessManifest() {
        registry.fail("/manifests/1", Fault.endless());

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve("base:1", X86_64))
                .withMessage("The manifest of '" + registry.host() + "/base:1' is larger than 4 MiB." + FROM_IMAGE
                        + "Take a base image whose documents are of a usual size.");
    }

    @Test
    void neverAsksForAConfigThatIsTooLarge() {
        Descriptor huge = new Descriptor("x", Digest.of(new byte[0]), Long.MAX_VALUE);
        registry.manifest("base", OCI.manifestType(), ScriptedRegistry.manifestJson(OCI, huge, List.of()), "1");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve("base:1", X86_64))
                .withMessageStartingWith("The config of '" + registry.host() + "/base:1' is larger than 4 MiB.");
        assertThat(registry.paths()).containsExactly("/v2/base/manifests/1");
    }

    @Test
    void toleratesAByteOrderMark() {
        Descriptor config = registry.blob("base", "x", "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes());
        registry.manifest(
                "base", OCI.manifestType(), "\uFEFF" + ScriptedRegistry.manifestJson(OCI, config, List.of()), "1");

        assertThat(resolve("base:1", X86_64).config().digest()).isEqualTo(config.digest());
    }

    @Test
    void saysWhereAManifestIsMalformed() {
        assertMalformed("{\"a\":}", "Unexpected character ('}' (code 125)): expected a value (line 1, column 6)");
        assertMalformed("", "it is empty");
        assertMalformed("[]", "it is not a JSON object");
        assertMalformed("{\"a\":1,\"a\":2}", "Duplicate field 'a' (line 1, column 11)");
        assertMalformed("{} {}", "there is more after its end (line 1, column 4)");
        assertMalformed("{\"schemaVersion\":2}", "'config' is missing");
        assertMalformed("{\"manifests\":{}}", "'manifests' is missing");
        assertMalformed("{\"config\":{\"size\":-1}}", "'config.size' is not a number of bytes");
        assertMalformed("{\"config\":{\"size\":" + "9".repeat(900) + "}}", "'config.size' is not a number of bytes");
        assertMalformed(
                "{\"config\":{\"size\":1,\"digest\":\"sha512:" + "0".repeat(128) + "\"}}",
                "'config.digest' is not a SHA-256 digest");
    }

    @Test
    void survivesDeepNestingAndHugeNumbers() {
        assertMalformedStarting("[".repeat(1_000_000), "Document nesting depth (101) exceeds the maximum allowed (100");
        assertMalformedStarting("{\"a\":" + "9".repeat(1_000_000) + "}", "Number value length (");
    }

    private void assertMalformed(String content, String reason) {
        registry.fail("/manifests/1", Fault.status(200, content));
        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve("base:1", X86_64))
                .withMessage("The manifest of '" + registry.host() + "/base:1' is malformed: " + reason + "." + REPUSH);
    }

    private void assertMalformedStarting(String content, String reason) {
        registry.fail("/manifests/1", Fault.status(200, content));
        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve("base:1", X86_64))
                .withMessageStartingWith("The manifest of '" + registry.host() + "/base:1' is malformed: " + reason);
    }

    private String wrong(String document, String rest, Digest expected, Digest actual) {
        return registry.host() + " gave the wrong " + document + " for '" + registry.host() + "/" + rest
                + "': its digest must be " + expected + ", it is " + actual + "." + CHANGED;
    }

    private Descriptor index(String mediaType, String... entries) {
        return registry.manifest(
                "base",
                mediaType,
                "{\"schemaVersion\":2,\"mediaType\":\"" + mediaType + "\",\"manifests\":[" + String.join(",", entries)
                        + "]}",
                "1");
    }

    private static String entry(Descriptor descriptor, String os, String architecture, String variant) {
        String json = ScriptedRegistry.json(descriptor);
        return json.substring(0, json.length() - 1) + ",\"platform\":{\"os\":\"" + os + "\",\"architecture\":\""
                + architecture + "\"" + (variant.isEmpty() ? "" : ",\"variant\":\"" + variant + "\"") + "}}";
    }

    private static String attestation(Descriptor descriptor) {
        return "{\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"},"
                + entry(descriptor, "linux", "arm64", "").substring(1);
    }
}
