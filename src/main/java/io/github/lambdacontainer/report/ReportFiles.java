package io.github.lambdacontainer.report;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The files that tell other tools what was built, named and written as Jib's.
 *
 * @param json the whole report, pretty-printed with a final newline
 * @param digest the digest of the manifest and nothing else, without a newline
 * @param imageId the digest of the config and nothing else, without a newline
 */
public record ReportFiles(Path json, Path digest, Path imageId) {

    /**
     * Writes all three, each beside its final name and then renamed.
     *
     * @throws EnvironmentFailure if one cannot be written
     */
    public void write(ImageReport report) {
        write(json, "outputPaths.imageJson", ReportJson.text(report));
        write(imageId, "outputPaths.imageId", report.imageId().toString());
        write(digest, "outputPaths.digest", report.imageDigest().toString());
    }

    private static void write(Path target, String setting, String text) {
        Path unfinished = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            try {
                Files.writeString(unfinished, text, StandardCharsets.UTF_8);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw unwritable(target, setting, e);
        }
    }

    private static EnvironmentFailure unwritable(Path target, String setting, IOException cause) {
        String reason = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        return new EnvironmentFailure(
                Problem.of(
                        "The file '" + target + "' could not be written: "
                                + (reason == null ? cause.getClass().getSimpleName() : reason) + ".",
                        setting,
                        "Free some space there, make the directory writable, or name another file."),
                cause);
    }
}
