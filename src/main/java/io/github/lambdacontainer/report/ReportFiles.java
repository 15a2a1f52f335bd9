package io.github.lambdacontainer.report;

import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/**
 * The files that tell other tools what was built, named and written as Jib's.
 *
 * @param json the whole report, pretty-printed with a final newline
 * @param digest the digest of the manifest and nothing else, without a newline
 * @param imageId the digest of the config and nothing else, without a newline
 */
public record ReportFiles(Path json, Path digest, Path imageId) {

    /** Files that stand complete beside their final names, and go if they are not published. */
    public static final class Prepared implements AutoCloseable {

        private final List<Beside> files;

        private Prepared(List<Beside> files) {
            this.files = files;
        }

        /**
         * Gives all of them their final names.
         *
         * @throws EnvironmentFailure if one cannot be renamed
         */
        public void publish() {
            files.forEach(Beside::publish);
        }

        @Override
        public void close() {
            files.forEach(Beside::delete);
        }
    }

    /**
     * Writes all three beside their final names, so that whatever can fail does so before anything is replaced.
     *
     * @throws EnvironmentFailure if one cannot be written; nothing is left behind then
     */
    public Prepared prepare(ImageReport report) {
        Prepared prepared = new Prepared(List.of(
                Beside.of(json, "outputPaths.imageJson"),
                Beside.of(imageId, "outputPaths.imageId"),
                Beside.of(digest, "outputPaths.digest")));
        try {
            prepared.files.get(0).write(ReportJson.text(report));
            prepared.files.get(1).write(report.imageId().toString());
            prepared.files.get(2).write(report.imageDigest().toString());
            return prepared;
        } catch (EnvironmentFailure failure) {
            prepared.close();
            throw failure;
        }
    }

    private record Beside(Path target, Path unfinished, String setting) {

        static Beside of(Path target, String setting) {
            return new Beside(
                    target, target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID()), setting);
        }

        void write(String text) {
            try {
                Files.createDirectories(target.toAbsolutePath().getParent());
                if (Files.isDirectory(target)) {
                    throw new FileSystemException(target.toString(), null, "Is a directory");
                }
                Files.writeString(unfinished, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        void publish() {
            try {
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        void delete() {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException e) {
                // The failure that led here says what is wrong with the directory.
                return;
            }
        }

        private EnvironmentFailure unwritable(IOException cause) {
            return new EnvironmentFailure(
                    Problem.of(
                            "The file '" + target + "' could not be written: " + DiskReason.of(cause) + ".",
                            setting,
                            "Free some space there, make the directory writable, or name another file."),
                    cause);
        }
    }
}
