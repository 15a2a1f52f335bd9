package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.base.BaseReference;
import io.github.lambdacontainer.base.TestImages;
import io.github.lambdacontainer.base.TestLayout;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.BaseLayer;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.ImageLayer;
import io.github.lambdacontainer.layer.BuiltLayer;
import io.github.lambdacontainer.plan.ImagePlan;
import io.github.lambdacontainer.registry.BlobSource;
import io.github.lambdacontainer.registry.ImagePush;
import io.github.lambdacontainer.registry.PushedBlob;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.report.ImageReport;
import io.github.lambdacontainer.report.ReportedBase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the blobs of a push are. */
class PushPlanTest {

    private static final Path ANEW = Path.of("compressed-anew");

    @TempDir
    Path directory;

    private Builds builds;
    private Base base;

    @BeforeEach
    void read() throws IOException {
        builds = new Builds(directory);
        TestLayout.of(TestImages.withJavaHome()).write(directory.resolve("base"));
        base = builds.rooms()
                .bases()
                .read(
                        BaseReference.parse("oci:base", directory),
                        Architecture.X86_64,
                        ImageFormat.OCI,
                        Optional.empty(),
                        likely -> {},
                        Stream::empty);
    }

    private ImagePush push(BaseReference reference, BaseImage image, String... mountFrom) {
        Base from = new Base(reference, base.digest(), image, base.facts(), layer -> ANEW);
        List<ImageLayer> layers = image.layers().stream()
                .map(layer -> new ImageLayer(layer.descriptor(), layer.diffId(), Optional.empty()))
                .toList();
        Image pushed = new Image(image.format(), image.manifest(), image.config(), layers);
        ImageReport report = new ImageReport(
                Optional.empty(),
                pushed.imageId(),
                pushed.digest(),
                List.of("1"),
                false,
                Optional.empty(),
                Architecture.X86_64,
                "h",
                ReportedBase.of(base.facts(), base.digest()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        BuildRequest request = builds.request();
        Map<Digest, BuiltLayer> added = Map.of();
        return PushPlan.of(new BuiltImage(request, from, plan(), pushed, added, report))
                .push(List.of(mountFrom));
    }

    /** Nothing of the plan is asked for. */
    private static ImagePlan plan() {
        return null;
    }

    private static BaseReference registry(String text) {
        return new BaseReference.Registry(Reference.parse(text, BaseReference.SETTING), text);
    }

    private static List<BlobSource> sources(ImagePush push) {
        return push.blobs().stream().map(PushedBlob::source).toList();
    }

    @Test
    void layersOfABaseInARegistryStayThereUntilTheyAreNeeded() {
        Reference reference = Reference.parse("registry.example/team/base:1", BaseReference.SETTING);

        ImagePush push = push(registry("registry.example/team/base:1"), base.image());

        List<BlobSource> sources = sources(push);
        assertThat(sources.subList(0, sources.size() - 1))
                .hasSameSizeAs(base.image().layers())
                .containsOnly(new BlobSource.InRegistry(reference));
        assertThat(sources.get(sources.size() - 1)).isInstanceOf(BlobSource.InMemory.class);
        assertThat(push.tags()).containsExactly("1");
    }

    @Test
    void aLayerThatWasCompressedAnewIsNotInTheBasesRegistry() {
        List<Descriptor> descriptors = new ArrayList<>(
                base.image().layers().stream().map(BaseLayer::descriptor).toList());
        descriptors.set(0, new Descriptor(descriptors.get(0).mediaType(), Digest.of(new byte[] {1}), 1));

        List<BlobSource> sources = sources(
                push(registry("registry.example/team/base:1"), base.image().withLayerDescriptors(descriptors)));

        assertThat(sources.get(0)).isEqualTo(new BlobSource.InFile(ANEW));
        assertThat(sources.get(1)).isInstanceOf(BlobSource.InRegistry.class);
    }

    @Test
    void layersOfABaseOnThisMachineAreFiles() {
        List<BlobSource> sources = sources(push(base.reference(), base.image()));

        assertThat(sources.subList(0, sources.size() - 1)).containsOnly(new BlobSource.InFile(ANEW));
    }

    @Test
    void onlyTheBasesRepositoryOnTheSameRegistryIsLookedAtAndThenTheSiblings() {
        String registry = Reference.parse(builds.request().name(), "to.image").registry();
        String own = Reference.parse(builds.request().name(), "to.image").repository();

        assertThat(push(registry("registry.example/team/base:1"), base.image(), "team/other", own)
                        .mountFrom())
                .containsExactly("team/other");
        assertThat(push(registry(registry + "/team/base:1"), base.image(), "team/other", "team/base")
                        .mountFrom())
                .containsExactly("team/base", "team/other");
    }
}
