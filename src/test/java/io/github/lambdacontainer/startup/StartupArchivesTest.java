package io.github.lambdacontainer.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.base.BaseReference;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.base.TestFacts;
import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.Stored;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import io.github.lambdacontainer.local.LocalImage;
import io.github.lambdacontainer.local.Staging;
import io.github.lambdacontainer.plan.ArchiveKind;
import io.github.lambdacontainer.plan.BuildMachine;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.plan.StartupPlan;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is fetched of a base whose layers are far away. */
@EnabledOnOs(OS.LINUX)
class StartupArchivesTest {

    private static final Digest LAYER = Digest.of("layer".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path cache;

    private BlobCache blobs;
    private FactCache facts;
    private StartupArchives archives;

    @BeforeEach
    void setUp() {
        blobs = new BlobCache(cache);
        facts = new FactCache(cache.resolve("facts"));
        archives = new StartupArchives(blobs, facts, new Staging(cache, cache.resolve("tmp")));
    }

    @Test
    void anArchiveThatIsThereNeedsNoLayerOfTheBase() throws IOException {
        TrainingRequest request = request();
        Stored stored = blobs.storeNew(out -> out.write(42));
        String key = ArchiveKey.of(request, List.of());
        facts.write("startup", key, stored.digest() + " " + stored.size());

        assertThat(archives.get(request, ArchiveSource.NONE))
                .isEqualTo(new StartupArchive.Made(stored.path(), key, StartupArchive.Origin.CACHE));
    }

    @Test
    void anArchiveThatWasFetchedIsFoundInItsScopeAlone() {
        TrainingRequest request = request();
        ArchiveSource dev = (key, taker) -> {
            try {
                return Optional.of(blobs.storeNew(out -> out.write(42)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };

        assertThat(origin(archives.within("dev").get(request, dev))).isEqualTo(StartupArchive.Origin.IMAGE);

        assertThat(origin(archives.within("dev").get(request, ArchiveSource.NONE)))
                .isEqualTo(StartupArchive.Origin.CACHE);
        assertThat(archives.within("prod").get(request, ArchiveSource.NONE)).isInstanceOf(StartupArchive.Failed.class);
        assertThat(archives.get(request, ArchiveSource.NONE)).isInstanceOf(StartupArchive.Failed.class);
    }

    private static StartupArchive.Origin origin(StartupArchive archive) {
        assertThat(archive).isInstanceOf(StartupArchive.Made.class);
        return ((StartupArchive.Made) archive).origin();
    }

    @Test
    void aLayerOfTheBaseThatCannotBeHadIsTheReasonForNoArchive() {
        assertThat(archives.get(request(), ArchiveSource.NONE))
                .isEqualTo(new StartupArchive.Failed("the registry is away", ""));
        assertThat(cache.resolve("tmp"))
                .satisfiesAnyOf(
                        directory -> assertThat(directory).doesNotExist(),
                        directory -> assertThat(directory).isEmptyDirectory());
    }

    private static TrainingRequest request() {
        Architecture architecture =
                System.getProperty("os.arch").equals("aarch64") ? Architecture.ARM64 : Architecture.X86_64;
        BaseFacts facts = TestFacts.of(
                "company/base:1", BaseKind.WITHOUT_JAVA, architecture, Optional.empty(), new CLibrary.None());
        Base base = new Base(new BaseReference.Scratch(), Optional.empty(), image(architecture), facts, layer -> {
            throw new EnvironmentFailure(Problem.of("The registry is away.", "Try again."));
        });
        return new TrainingRequest(
                new StartupPlan(
                        ArchiveKind.CDS, 17, new LayerPlan("startup archive", List.of()), List.of("/java"), List.of()),
                new StartupSettings(
                        StartupSettings.Mode.CDS,
                        false,
                        Optional.empty(),
                        Map.of(),
                        Duration.ofSeconds(5),
                        new BuildMachine("Linux", Optional.of(architecture))),
                List.of(),
                new LocalImage(base, List.of(), List.of("/java"), Map.of(), "/", Instant.EPOCH),
                List.of(),
                List.of(LAYER));
    }

    private static BaseImage image(Architecture architecture) {
        RawJson config = json("""
                {"architecture": "%s", "os": "linux", "rootfs": {"type": "layers", "diff_ids": ["%s"]}}
                """.formatted(architecture.ociName(), LAYER));
        RawJson manifest = json("""
                {"schemaVersion": 2, "mediaType": "%s",
                 "config": {"mediaType": "%s", "digest": "%s", "size": %d},
                 "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "%s", "size": 5}]}
                """.formatted(
                        ImageFormat.OCI.manifestType(),
                        "application/vnd.oci.image.config.v1+json",
                        config.digest(),
                        config.size(),
                        LAYER));
        return BaseImage.parse(ImageFormat.OCI.manifestType(), manifest, config);
    }

    private static RawJson json(String text) {
        return new RawJson(text.getBytes(StandardCharsets.UTF_8));
    }
}
