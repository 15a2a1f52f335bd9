package io.github.lambdacontainer.build;

import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.plan.Settings;
import io.github.lambdacontainer.project.ProjectInput;
import io.github.lambdacontainer.report.ReportFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is asked of one build.
 *
 * @param project where the project's parts are
 * @param baseImage the base as the user wrote it, or empty for the default
 * @param release the Java version the project compiles for, as far as its pom says
 * @param settings what shapes the image
 * @param format the family of image documents asked for, or empty to keep the base's
 * @param filesModificationTime modification time of every file added
 * @param jdk home of the JDK that a Java runtime is linked from
 * @param name the name of the image
 * @param tags further tags of the image
 * @param outputs where the results are written
 */
public record BuildRequest(
        ProjectInput project,
        Optional<String> baseImage,
        Optional<Integer> release,
        Settings settings,
        Optional<ImageFormat> format,
        Instant filesModificationTime,
        Path jdk,
        String name,
        List<String> tags,
        Outputs outputs) {

    /**
     * Where the results are written.
     *
     * @param tar the image as one file
     * @param digest the digest of its manifest
     * @param imageId the digest of its config
     * @param imageJson what was built, for tools
     */
    public record Outputs(Path tar, Path digest, Path imageId, Path imageJson) {

        ReportFiles reports() {
            return new ReportFiles(imageJson, digest, imageId);
        }
    }
}
