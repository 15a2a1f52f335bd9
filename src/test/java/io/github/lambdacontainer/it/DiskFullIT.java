package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A disk that is full ends the build with its name and leaves nothing half done. */
@EnabledIf(
        value = "io.github.lambdacontainer.SmallDisk#isPossible",
        disabledReason = "Only root may mount the small disk that these tests fill")
class DiskFullIT {

    private SmallDisk mounted;
    private Path disk;

    @BeforeEach
    void mount() throws IOException {
        mounted = SmallDisk.mount(It.directory("small-disk").resolve("disk"), 4);
        disk = mounted.directory();
    }

    @AfterEach
    void unmount() throws IOException {
        mounted.close();
    }

    @Test
    @NeedsTool({"docker-registry", "htpasswd"})
    void aCacheWithoutSpaceForABaseIsNamed() throws IOException {
        try (LocalRegistry registry = LocalRegistry.plain()) {
            assertThat(failure(registry.push(Base.AWS_JAVA_17)))
                    .contains(disk.toString())
                    .contains("No space left on device");
        }
        assertNoPartialFiles();
    }

    @Test
    void aCacheWithoutSpaceForWhatJdepsReadsIsNamed() throws IOException {
        assertThat(failure(Base.AWS_OS_ONLY.reference()))
                .matches("The copy of '.+\\.jar' for jdeps, up to \\d+ MB, could not be kept in '\\Q"
                        + disk.resolve("cache/tmp")
                        + "\\E': No space left on device\\."
                        + "\n  Setting: <cacheDirectory> \\(-Dlambda-container\\.cacheDirectory\\)"
                        + "\n  Next: Free some space there, make the directory writable, or name another one\\.");
        assertNoPartialFiles();
    }

    private String failure(String base) {
        return MavenBuild.project("request-handler")
                .from(base)
                .property(
                        "lambda-container.cacheDirectory", disk.resolve("cache").toString())
                .fail()
                .failure();
    }

    @Test
    void aFullOutputDirectoryIsNamed() throws IOException {
        String failure = MavenBuild.project("request-handler")
                .from(Base.AWS_JAVA_17)
                .property(
                        "lambda-container.outputPaths.tar",
                        disk.resolve("image.tar").toString())
                .fail()
                .failure();
        assertThat(failure).contains(disk.toString()).contains("No space left on device");
        assertThat(disk.resolve("image.tar")).doesNotExist();
        assertNoPartialFiles();
    }

    /** What was begun and not ended is gone, so that the disk has its space again. */
    private void assertNoPartialFiles() throws IOException {
        try (var files = Files.walk(disk)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !isBlob(file)))
                    .allSatisfy(file -> assertThat(file).isEmptyFile());
        }
    }

    /** Whether a file is named by a digest: complete, and worth keeping. */
    private static boolean isBlob(Path file) {
        return file.getFileName().toString().matches("[0-9a-f]{64}(\\..+)?");
    }
}
