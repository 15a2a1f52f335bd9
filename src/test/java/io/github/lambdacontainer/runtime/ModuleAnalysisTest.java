package io.github.lambdacontainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.FileDigests;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleAnalysisTest {

    @TempDir
    Path directory;

    @Test
    void aModularJarCountsThoughAModuleItRequiresIsNotThere() throws Exception {
        Path classes = Compiled.classes(
                directory.resolve("m"),
                Map.of(
                        "module-info.java", "module m { requires java.prefs; }",
                        "m/A.java", "package m; public class A { java.util.prefs.Preferences p; }"));
        Path needed = Compiled.classes(directory.resolve("gone"), Map.of("module-info.java", "module gone { }"));
        Path jar = Compiled.jar(classes, directory.resolve("m.jar"));
        Path other = Compiled.jar(needed, directory.resolve("gone.jar"));

        assertThat(analyse(jar, other, classes).modules()).contains("java.prefs");
        assertThat(analyse(jar, other, classes).notes()).isEmpty();
    }

    @Test
    void aBrokenJarBringsAllOfJavaSeAndANote() throws Exception {
        Path good = Compiled.classes(directory.resolve("g"), Map.of("A.java", "public class A {}"));
        Path broken = Files.writeString(directory.resolve("broken.jar"), "PK but no jar");

        FoundModules found = analyse(good, broken);

        assertThat(found.modules()).containsExactlyInAnyOrder("java.base", "java.se", "jdk.unsupported");
        assertThat(found.notes())
                .containsExactly(
                        "jdeps of Java " + JdkReader.read(TestJdks.own()).feature()
                                + " cannot read broken.jar; the Java runtime gets every module of Java SE, in case it"
                                + " is used there.");
    }

    @Test
    void whatAJvmPassesOverOnAClassPathIsPassedOver() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.txt"), "text");
        assertThat(analyse(text, directory.resolve("missing.jar"))).isEqualTo(FoundModules.none());
    }

    private FoundModules analyse(Path... classPath) throws IOException {
        return new ModuleAnalysis(
                        JdkReader.read(TestJdks.own()),
                        Digest.of(new byte[0]),
                        new CountingProcesses(),
                        new FactCache(directory.resolve("facts")),
                        FileDigests.read(),
                        directory.resolve("tmp"))
                .analyse(List.of(classPath));
    }
}
