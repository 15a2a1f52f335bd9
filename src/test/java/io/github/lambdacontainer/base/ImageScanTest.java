package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageScanTest {

    @TempDir
    Path directory;

    private Map<String, String> scan(TarBuilder... layers) throws IOException {
        return scan(Architecture.X86_64, layers);
    }

    /** Path → what is there: {@code dir}, {@code file:detail}, {@code link:target}. */
    private Map<String, String> scan(Architecture architecture, TarBuilder... layers) throws IOException {
        Map<String, String> nodes = new TreeMap<>();
        tree(architecture, layers).forEach((path, node) -> nodes.put(path, text(node)));
        nodes.remove("/");
        return nodes;
    }

    private ImageTree tree(Architecture architecture, TarBuilder... layers) throws IOException {
        ImageTree tree = new ImageTree();
        LayerScanner scanner = new LayerScanner(tree, new FileDetails(architecture));
        for (int i = 0; i < layers.length; i++) {
            scanner.scan(i, Files.write(directory.resolve("layer" + i), TarBuilder.gzip(layers[i].build())));
        }
        return tree;
    }

    private static String text(ImageTree.Node node) {
        if (node instanceof ImageTree.File file) {
            return "file:" + file.detail();
        }
        return node instanceof ImageTree.Link link ? "link:" + link.target() : "dir";
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 1024, 1535})
    void tarThatEndsAfterItsLastByteIsRead(int kept) throws IOException {
        byte[] whole = new TarBuilder().file("a/x.jar", "x").build();
        int last = 512 + 1; // header and one byte of content
        byte[] cut = Arrays.copyOf(whole, last + kept);
        ImageTree tree = new ImageTree();

        LayerScanner.Scanned scanned = new LayerScanner(tree, new FileDetails(Architecture.X86_64))
                .scan(0, Files.write(directory.resolve("cut"), TarBuilder.gzip(cut)));

        Map<String, String> nodes = new TreeMap<>();
        tree.forEach((path, node) -> nodes.put(path, text(node)));
        assertThat(nodes).containsKeys("/a/x.jar");
        assertThat(scanned).isEqualTo(new LayerScanner.Scanned(Digest.of(cut), cut.length));
    }

    @Test
    void whiteoutRemovesWhatIsBelow() throws IOException {
        TarBuilder lower =
                new TarBuilder().file("a/x.jar", "").file("a/y.jar", "").file("b/c/z.jar", "");

        assertThat(scan(lower, new TarBuilder().whiteout("a/x.jar").whiteout("b")))
                .isEqualTo(Map.of("/a", "dir", "/a/y.jar", "file:"));
    }

    @Test
    void whiteoutLeavesWhatItsOwnLayerAddsInAnyOrder() throws IOException {
        TarBuilder lower = new TarBuilder().file("a/x.jar", "");

        assertThat(scan(lower, new TarBuilder().file("a/x.jar", "").whiteout("a/x.jar")))
                .isEqualTo(Map.of("/a", "dir", "/a/x.jar", "file:"));
    }

    @Test
    void opaqueDirectoryHidesWhatIsBelowAndKeepsItsOwn() throws IOException {
        TarBuilder lower =
                new TarBuilder().file("a/x.jar", "").file("a/b/y.jar", "").file("a/c/z.jar", "");

        assertThat(scan(
                        lower,
                        new TarBuilder().file("a/b/new.jar", "").opaque("a").file("a/n.jar", "")))
                .isEqualTo(Map.of("/a", "dir", "/a/b", "dir", "/a/b/new.jar", "file:", "/a/n.jar", "file:"));
    }

    @Test
    void whiteoutOfNothingAndMetadataOfWhiteoutsAreHarmless() throws IOException {
        assertThat(scan(new TarBuilder()
                        .whiteout("no/such")
                        .opaque("neither")
                        .file("a/.wh..wh.plnk", "")
                        .file("a/.wh...", "")
                        .file("a/.wh.", "")))
                .isEmpty();
    }

    @Test
    void fileReplacesDirectoryAndDirectoryReplacesLink() throws IOException {
        TarBuilder lower =
                new TarBuilder().file("a/x.jar", "").symlink("lib", "usr/lib").directory("usr/lib");

        assertThat(scan(lower, new TarBuilder().file("a", "").directory("lib").file("lib/y.jar", "")))
                .isEqualTo(Map.of("/lib", "dir", "/lib/y.jar", "file:", "/usr", "dir", "/usr/lib", "dir"));
    }

    @Test
    void parentsThatAreLinksAreFollowed() throws IOException {
        TarBuilder lower = new TarBuilder().directory("usr/lib").symlink("lib", "usr/lib");

        assertThat(scan(lower, new TarBuilder().file("lib/y.jar", "")))
                .isEqualTo(Map.of("/lib", "link:usr/lib", "/usr", "dir", "/usr/lib", "dir", "/usr/lib/y.jar", "file:"));
    }

    @Test
    void oddNamesAreMadeOrdinary() throws IOException {
        assertThat(scan(new TarBuilder()
                        .file("/absolute.jar", "")
                        .file("./dot.jar", "")
                        .file("../../above.jar", "")
                        .file("a/../b//c.jar", "")
                        .directory("./")))
                .isEqualTo(Map.of(
                        "/absolute.jar", "file:",
                        "/dot.jar", "file:",
                        "/above.jar", "file:",
                        "/b", "dir",
                        "/b/c.jar", "file:"));
    }

    @Test
    void longNamesAreReadInBothForms() throws IOException {
        String name = "d".repeat(90) + "/" + "é".repeat(90) + ".jar";

        assertThat(scan(new TarBuilder().file(name, ""))).containsKey("/" + name);
        assertThat(scan(new TarBuilder().gnu().file(name, ""))).containsKey("/" + name);
    }

    @Test
    void hardLinksAreFilesAlsoBeforeTheirTarget() throws IOException {
        assertThat(scan(new TarBuilder()
                        .hardLink("early/java", "late/java")
                        .executable("late/java", "")
                        .file("jdk/release", "JAVA_VERSION=\"17\"")
                        .hardLink("other/release", "jdk/release")))
                .containsEntry("/early/java", "file:")
                .containsEntry("/other/release", "file:17");
    }

    @Test
    void linksThatLoopLeaveOrDangleLeadNowhere() throws IOException {
        ImageTree tree = tree(
                Architecture.X86_64,
                new TarBuilder()
                        .symlink("a", "b")
                        .symlink("b", "a")
                        .symlink("self", "self/self")
                        .symlink("dangling", "/no")
                        .symlink("up", "../../../usr")
                        .directory("usr"));

        assertThat(tree.find("/a")).isEmpty();
        assertThat(tree.find("/self/x")).isEmpty();
        assertThat(tree.find("/dangling")).isEmpty();
        assertThat(tree.find("/up").map(ImageTree.Found::path)).hasValue("/usr");
    }

    @Test
    void directoriesWithinDirectoriesWithoutEndAreCutOff() throws IOException {
        TarBuilder deep = new TarBuilder().gnu().file("a/".repeat(3000) + "x.jar", "");

        assertThat(tree(Architecture.X86_64, deep).find("/a/a/a")).isPresent();
        assertThat(scan(deep)).hasSize(1000);
    }

    @Test
    void filesThatDoNotMatterAndDevicesAreNotKept() throws IOException {
        assertThat(scan(new TarBuilder().file("a/text", "").device("a/null.jar").executable("a/tool", "")))
                .isEqualTo(Map.of("/a", "dir", "/a/tool", "file:"));
    }

    @Test
    void versionOfTheCLibraryIsReadThroughItsLink() throws IOException {
        ImageTree tree = tree(
                Architecture.X86_64,
                new TarBuilder()
                        .symlink("lib", "usr/lib")
                        .symlink("usr/lib/x86_64-linux-gnu/libc.so.6", "libc-2.31.so")
                        .file("usr/lib/x86_64-linux-gnu/libc-2.31.so", 0755, TestImages.glibc()));

        CLibrary library = new CLibraryFinder(tree, Architecture.X86_64).find();

        assertThat(library).isInstanceOf(CLibrary.Glibc.class).isNotEqualTo(new CLibrary.Glibc(""));
    }

    @Test
    void cLibraryOfAnotherMachineDoesNotCount() throws IOException {
        ImageTree tree = tree(Architecture.ARM64, new TarBuilder().file("lib64/libc.so.6", 0755, TestImages.glibc()));

        assertThat(new CLibraryFinder(tree, Architecture.ARM64).find()).isEqualTo(new CLibrary.None());
    }

    @Test
    void cLibraryThatCannotBeReadHasNoVersion() throws IOException {
        ImageTree tree = tree(Architecture.X86_64, new TarBuilder().file("lib64/libc.so.6", "\u007fELF damaged"));

        assertThat(new CLibraryFinder(tree, Architecture.X86_64).find()).isEqualTo(new CLibrary.Glibc(""));
    }

    @Test
    void nativeLibraryIsThatOfTheArchitectureAndCLibrary() throws IOException {
        TarBuilder layer = new TarBuilder().file("app/aws-lambda-java-runtime-interface-client-2.9.0.jar", "");
        for (String flavour :
                new String[] {"linux-x86_64", "linux-aarch_64", "linux_musl-x86_64", "linux_musl-aarch_64"}) {
            layer.file("app/jni/libaws-lambda-jni." + flavour + ".so", "");
        }
        ImageTree tree = tree(Architecture.ARM64, layer);

        assertThat(new InterfaceClientFinder(tree, Architecture.ARM64, new CLibrary.Musl())
                        .find()
                        .flatMap(BaseInterfaceClient::nativeLibrary))
                .hasValue("/app/jni/libaws-lambda-jni.linux_musl-aarch_64.so");
        assertThat(new InterfaceClientFinder(tree, Architecture.X86_64, new CLibrary.Glibc("2.34"))
                        .find()
                        .flatMap(BaseInterfaceClient::nativeLibrary))
                .hasValue("/app/jni/libaws-lambda-jni.linux-x86_64.so");
    }

    @Test
    void javaOfAJdk8LayoutIsKnownByItsRtJar() throws IOException {
        ImageTree tree = tree(
                Architecture.X86_64,
                new TarBuilder().executable("jdk/jre/bin/java", "").file("jdk/jre/lib/rt.jar", ""));

        assertThat(new JavaFinder(tree, Map.of("PATH", "/jdk/jre/bin"), "base").find(Optional.empty()))
                .hasValue(new BaseJava("/jdk/jre/bin/java", 8));
    }

    @Test
    void javaWithoutReleaseFileIsKnownByItsJrtFsJar() throws IOException {
        byte[] jar = Files.readAllBytes(Path.of(System.getProperty("java.home"), "lib", "jrt-fs.jar"));
        ImageTree tree = tree(
                Architecture.X86_64,
                new TarBuilder().executable("jdk/bin/java", "").file("jdk/lib/jrt-fs.jar", 0644, jar));

        assertThat(new JavaFinder(tree, Map.of("JAVA_HOME", "/jdk"), "base").find(Optional.empty()))
                .hasValue(new BaseJava("/jdk/bin/java", Runtime.version().feature()));
    }

    @Test
    void namedJavaGoesBeforeTheEnvironmentAndTellsItsOwnVersion() throws IOException {
        ImageTree tree = tree(
                Architecture.X86_64,
                new TarBuilder()
                        .executable("a/bin/java", "")
                        .executable("b/bin/java", "")
                        .file("b/release", "IMAGE_TYPE=\"JRE\"\nJAVA_VERSION=\"25\"\n"));
        Map<String, String> environment = Map.of("JAVA_HOME", "/a", "JAVA_VERSION", "17.0.1");

        assertThat(new JavaFinder(tree, environment, "base").find(Optional.of("/b/bin/java")))
                .hasValue(new BaseJava("/b/bin/java", 25));
        assertThat(new JavaFinder(tree, environment, "base").find(Optional.empty()))
                .hasValue(new BaseJava("/a/bin/java", 17));
    }
}
