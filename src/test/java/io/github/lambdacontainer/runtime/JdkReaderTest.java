package io.github.lambdacontainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.elf.ElfFile;
import io.github.lambdacontainer.elf.ElfReader;
import io.github.lambdacontainer.plan.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkReaderTest {

    @TempDir
    Path directory;

    @Test
    void describesTheJdkThatRunsTheTests() {
        Jdk jdk = JdkReader.read(TestJdks.own());
        assertThat(jdk.feature()).isEqualTo(Runtime.version().feature());
        assertThat(jdk.unusable()).isEmpty();
        assertThat(jdk.architecture()).isPresent();
        if (jdk.operatingSystem().equals("Linux") && jdk.cLibrary() instanceof CLibrary.Glibc glibc) {
            assertThat(glibc.version()).matches("2\\.\\d+");
        }
    }

    @Test
    void tellsTheLibrariesThatTheVirtualMachineNeedsOfTheSystem() throws IOException {
        Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"17\"\nOS_NAME=\"Linux\"\n");
        Files.createDirectories(directory.resolve("lib/server"));
        assertThat(JdkReader.read(directory).libraries()).isEmpty();

        Path library = Path.of(TestJdks.own().toString(), "lib", "server", "libjvm.so");
        Optional<ElfFile> machine = ElfReader.read(library);
        assumeTrue(machine.isPresent());
        Files.copy(library, directory.resolve("lib/server/libjvm.so"));
        assertThat(JdkReader.read(directory).libraries())
                .isSubsetOf(machine.get().needed())
                .doesNotContain("libc.so.6", "libm.so.6", "libdl.so.2", "libjvm.so");
        assertThat(JdkReader.read(directory).libraries().contains("libstdc++.so.6"))
                .isEqualTo(machine.get().needed().contains("libstdc++.so.6"));
    }

    @Test
    void whatIsNoJdkIsDescribedWithTheReason() throws Exception {
        assertThat(JdkReader.read(directory.resolve("none")).unusable()).contains("it is not a directory");
        assertThat(JdkReader.read(directory).unusable()).contains("it has no file named release");
    }

    @ParameterizedTest
    @CsvSource({
        "1.8.0_402, 8, Java 8 has no jlink",
        "17.0.1, 17, it has no bin/jlink",
        "nonsense, 0, its file named release does not tell the Java version"
    })
    void aJavaThatCannotLinkIsUnusable(String version, int feature, String reason) throws IOException {
        Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
        Jdk jdk = JdkReader.read(directory);
        assertThat(jdk.feature()).isEqualTo(feature);
        assertThat(jdk.unusable()).contains(reason);
    }

    @Test
    void aJdkWithoutModulesIsUnusable() throws Exception {
        Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"21\"\nOS_NAME=\"Linux\"\nLIBC=\"musl\"\n");
        Files.createDirectories(directory.resolve("bin"));
        Files.createFile(directory.resolve("bin/jlink"));
        Files.createFile(directory.resolve("bin/jdeps"));
        Jdk jdk = JdkReader.read(directory);
        assertThat(jdk.unusable()).contains("it has no directory jmods, and its jlink cannot do without");
        assertThat(jdk.cLibrary()).isEqualTo(new CLibrary.Musl());
    }
}
