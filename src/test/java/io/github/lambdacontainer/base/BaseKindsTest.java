package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.elf.ElfFile;
import io.github.lambdacontainer.elf.ElfReader;
import io.github.lambdacontainer.elf.GlibcVersions;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseKindsTest {

    @TempDir
    Path directory;

    private BaseFacts facts(TestImage image) throws IOException {
        return new TestReader(directory).readLayout(image).facts();
    }

    private static CLibrary thisMachines() throws IOException {
        return new CLibrary.Glibc(ElfReader.read(TestImages.glibc())
                .map(ElfFile::definedVersions)
                .flatMap(GlibcVersions::highest)
                .orElse(""));
    }

    @Test
    void awsBaseImageForJava() throws IOException {
        BaseFacts facts = facts(TestImages.awsJava());

        assertThat(facts.kind()).isEqualTo(BaseKind.AWS_JAVA);
        assertThat(facts.architecture()).isEqualTo(Architecture.X86_64);
        assertThat(facts.java()).hasValue(new BaseJava("/var/lang/bin/java", 21));
        assertThat(facts.cLibrary()).isEqualTo(thisMachines());
        assertThat(facts.libgcc()).isTrue();
        assertThat(facts.interfaceClient())
                .hasValue(new BaseInterfaceClient(
                        List.of(
                                "/var/runtime/lib/aws-lambda-java-core-1.2.3.jar",
                                "/var/runtime/lib/aws-lambda-java-runtime-interface-client-2.6.0-linux-x86_64.jar",
                                "/var/runtime/lib/aws-lambda-java-serialization-1.1.5.jar"),
                        Optional.of("/var/runtime/lib/jni/libaws-lambda-jni.linux-x86_64.so")));
        assertThat(facts.environment()).containsEntry("LAMBDA_TASK_ROOT", "/var/task");
        assertThat(facts.entrypoint()).containsExactly("/lambda-entrypoint.sh");
        assertThat(facts.workingDirectory()).hasValue("/var/task");
        assertThat(facts.directoryLinks()).isEqualTo(Map.of("/lib64", "/usr/lib64"));
        assertThat(facts.directories()).isEqualTo(Map.of("/tmp", new BaseDirectory(01777, "0:0")));
    }

    @Test
    void awsOsOnlyBaseImage() throws IOException {
        BaseFacts facts = facts(TestImages.awsOsOnly());

        assertThat(facts.kind()).isEqualTo(BaseKind.AWS_OS_ONLY);
        assertThat(facts.java()).isEmpty();
        assertThat(facts.interfaceClient()).isEmpty();
        assertThat(facts.libgcc()).isTrue();
        assertThat(facts.libraries())
                .contains("libgcc_s.so.1", "libgcc_s-11-20230104.so.1", "libz.so.1")
                .doesNotContain("libstdc++.so.6");
    }

    @Test
    void javaByJavaHomeAndJavaVersion() throws IOException {
        BaseFacts facts = facts(TestImages.withJavaHome());

        assertThat(facts.kind()).isEqualTo(BaseKind.WITH_JAVA);
        assertThat(facts.java()).hasValue(new BaseJava("/opt/java/openjdk/bin/java", 21));
        assertThat(facts.libgcc()).isFalse();
    }

    @Test
    void javaByPathOnlyThroughLinks() throws IOException {
        BaseFacts facts = facts(TestImages.withJavaOnPath());

        assertThat(facts.kind()).isEqualTo(BaseKind.WITH_JAVA);
        assertThat(facts.java()).hasValue(new BaseJava("/usr/bin/java", 17));
    }

    @Test
    void withoutJava() throws IOException {
        BaseFacts facts = facts(TestImages.withoutJava());

        assertThat(facts.kind()).isEqualTo(BaseKind.WITHOUT_JAVA);
        assertThat(facts.java()).isEmpty();
        assertThat(facts.cLibrary()).isEqualTo(thisMachines());
        assertThat(facts.directoryLinks()).isEqualTo(Map.of("/lib", "/usr/lib", "/bin", "/usr/bin"));
    }

    @Test
    void musl() throws IOException {
        BaseFacts facts = facts(TestImages.musl());

        assertThat(facts.kind()).isEqualTo(BaseKind.WITHOUT_JAVA);
        assertThat(facts.cLibrary()).isEqualTo(new CLibrary.Musl());
    }

    @Test
    void scratch() {
        Base base = new TestReader(directory)
                .reader()
                .read(
                        new BaseReference.Scratch(),
                        Architecture.ARM64,
                        ImageFormat.OCI,
                        Optional.empty(),
                        likely -> {},
                        Stream::empty);

        assertThat(base.digest()).isEmpty();
        assertThat(base.image().layers()).isEmpty();
        assertThat(base.image().format()).isEqualTo(ImageFormat.OCI);
        assertThat(base.facts()).isEqualTo(TestFacts.scratch(Architecture.ARM64));
    }

    @Test
    void taskRootThatIsALinkOrAVolumeIsCarried() throws IOException {
        BaseFacts facts = facts(TestImages.withoutJava()
                .volume("/var/task")
                .layer(new TarBuilder().directory("srv/task", 0700, 993, 990).symlink("var/task", "../srv/task")));

        assertThat(facts.directoryLinks()).containsEntry("/var/task", "/srv/task");
        assertThat(facts.directories()).containsEntry("/srv/task", new BaseDirectory(0700, "993:990"));
    }
}
