package io.github.lambdacontainer.report;

import static io.github.lambdacontainer.report.Reports.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseJava;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.base.TestFacts;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    @TempDir
    Path directory;

    private ReportFiles files() {
        Path target = directory.resolve("target/lambda-container");
        return new ReportFiles(
                target.resolve("image.json"), target.resolve("image.digest"), target.resolve("image.id"));
    }

    @Test
    void tellsEverythingAsJson() throws IOException {
        write(Reports.built());

        assertThat(Files.readString(files().json())).isEqualTo("""
                {
                  "image": "registry.example/hello",
                  "imageId": "%s",
                  "imageDigest": "%s",
                  "tags": [
                    "1",
                    "latest"
                  ],
                  "imagePushed": false,
                  "architecture": "x86_64",
                  "handler": "com.example.Hello::run",
                  "base": {
                    "image": "public.ecr.aws/lambda/java:21",
                    "digest": "%s",
                    "kind": "aws-java",
                    "java": 21,
                    "libc": "glibc 2.34"
                  },
                  "entrypoint": [
                    "/lambda-entrypoint.sh"
                  ],
                  "cmd": [
                    "com.example.Hello::run"
                  ],
                  "layers": [
                    {
                      "name": "base",
                      "digest": "%s",
                      "size": 100000000,
                      "uncompressedSize": 250000000
                    },
                    {
                      "name": "base",
                      "digest": "%s",
                      "size": 80249999,
                      "uncompressedSize": 170000000
                    },
                    {
                      "name": "dependencies",
                      "digest": "%s",
                      "size": 12345678,
                      "uncompressedSize": 13000000
                    },
                    {
                      "name": "classes",
                      "digest": "%s",
                      "size": 3200,
                      "uncompressedSize": 10240
                    }
                  ],
                  "compressedSize": 192598877,
                  "uncompressedSize": 433010240,
                  "warnings": [
                    "A \\"warning\\"."
                  ]
                }
                """.formatted(
                digest("id"), digest("digest"), digest("base"), digest("b0"), digest("b1"), digest("d"), digest("c")));
    }

    @Test
    void leavesOutWhatThereIsNot() throws IOException {
        write(Reports.pushedFromScratch());

        assertThat(Files.readString(files().json()))
                .isEqualTo("""
                {
                  "imageId": "%s",
                  "imageDigest": "%s",
                  "tags": [],
                  "imagePushed": true,
                  "imageUri": "registry.example/hello@%s",
                  "architecture": "arm64",
                  "handler": "h",
                  "base": {
                    "image": "scratch",
                    "kind": "scratch"
                  },
                  "entrypoint": [],
                  "cmd": [],
                  "layers": [],
                  "compressedSize": 0,
                  "uncompressedSize": 0,
                  "warnings": []
                }
                """.formatted(digest("id"), digest("digest"), digest("digest")));
    }

    private void write(ImageReport report) {
        try (ReportFiles.Prepared prepared = files().prepare(report)) {
            prepared.publish();
        }
    }

    @Test
    void leavesWhatWasThereUntilTheFilesArePublished() throws IOException {
        Path target = Files.createDirectories(files().json().getParent());
        Files.writeString(files().json(), "previous");

        try (ReportFiles.Prepared prepared = files().prepare(Reports.built())) {
            assertThat(prepared).isNotNull();
            assertThat(files().json()).hasContent("previous");
        }

        assertThat(target).isDirectoryNotContaining(path -> !path.equals(files().json()));
        assertThat(files().json()).hasContent("previous");
    }

    @Test
    void aFileThatCannotBeWrittenLeavesTheOthersAsTheyWere() throws IOException {
        Files.createDirectories(files().digest().resolve("child"));
        Files.writeString(files().json(), "previous");

        assertThatThrownBy(() -> files().prepare(Reports.built()))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageStartingWith("The file '" + files().digest() + "' could not be written: Is a directory.");
        assertThat(files().json()).hasContent("previous");
        try (Stream<Path> there = Files.list(files().json().getParent())) {
            assertThat(there).containsExactlyInAnyOrder(files().json(), files().digest());
        }
    }

    @Test
    void writesDigestAndIdWithoutANewline() throws IOException {
        write(Reports.built());

        assertThat(Files.readString(files().digest()))
                .isEqualTo(digest("digest").toString());
        assertThat(Files.readString(files().imageId())).isEqualTo(digest("id").toString());
        try (Stream<Path> written = Files.list(directory.resolve("target/lambda-container"))) {
            assertThat(written).hasSize(3);
        }
    }

    @Test
    void namesAFileThatCannotBeWritten() throws IOException {
        Path blocked = Files.createDirectories(files().json().resolve("child")).getParent();

        assertThatThrownBy(() -> write(Reports.built()))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The file '" + blocked + "' could not be written: Is a directory."
                        + "\n  Setting: <outputPaths><imageJson> (-Dlambda-container.outputPaths.imageJson)"
                        + "\n  Next: Free some space there, make the directory writable, or name another file.");
    }

    @Test
    void reportsWhatWasFoundOutAboutABase() {
        assertThat(ReportedBase.of(facts(new CLibrary.Glibc("2.34")), Optional.empty())
                        .libc())
                .contains("glibc 2.34");
        assertThat(ReportedBase.of(facts(new CLibrary.Glibc("")), Optional.empty())
                        .libc())
                .contains("glibc");
        assertThat(ReportedBase.of(facts(new CLibrary.Musl()), Optional.empty()).libc())
                .contains("musl");
        assertThat(ReportedBase.of(facts(new CLibrary.None()), Optional.empty()).libc())
                .isEmpty();
        assertThat(ReportedBase.of(facts(new CLibrary.None()), Optional.empty()).java())
                .contains(17);
    }

    private static BaseFacts facts(CLibrary library) {
        return TestFacts.of(
                "name", BaseKind.WITH_JAVA, Architecture.X86_64, Optional.of(new BaseJava("/java", 17)), library);
    }
}
