package io.github.lambdacontainer.report;

import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What a step of GitHub Actions hands to those after it (GitHub Docs, "Workflow commands"): outputs that are named, and
 * a summary for people.
 *
 * @param outputs the file that the variable {@code GITHUB_OUTPUT} names, if it is set
 * @param summary the file that the variable {@code GITHUB_STEP_SUMMARY} names, if it is set
 */
public record CiOutputs(Optional<Path> outputs, Optional<Path> summary) {

    /**
     * Finds out whether there is something to write to, so that nothing is pushed whose name nobody would get.
     *
     * @throws EnvironmentFailure if a file cannot be written
     */
    public void check() {
        outputs.ifPresent(file -> append(file, "GITHUB_OUTPUT", ""));
        summary.ifPresent(file -> append(file, "GITHUB_STEP_SUMMARY", ""));
    }

    /**
     * Tells of an image that was pushed.
     *
     * @param report what was pushed
     * @param suffixes what to append to the names of its outputs; an output is written for each
     * @throws EnvironmentFailure if a file cannot be written
     */
    public void append(ImageReport report, List<String> suffixes) {
        StringBuilder lines = new StringBuilder();
        for (String suffix : suffixes) {
            report.imageUri().ifPresent(uri -> lines.append(line("image-uri" + suffix, uri)));
            lines.append(line("image-digest" + suffix, report.imageDigest().toString()));
        }
        outputs.ifPresent(file -> append(file, "GITHUB_OUTPUT", lines.toString()));
        summary.ifPresent(file -> append(file, "GITHUB_STEP_SUMMARY", ReportMarkdown.table(report)));
    }

    private static String line(String name, String value) {
        return name + "=" + value + "\n";
    }

    /** Modules that are built at once share the file, so each appends what it has in one piece. */
    private static void append(Path file, String variable, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new EnvironmentFailure(
                    Problem.of(
                            "The file '" + file + "', which the variable " + variable + " names, could not be written: "
                                    + DiskReason.of(e) + ".",
                            "ciOutputs",
                            "Make the file writable, or switch these outputs off with false."),
                    e);
        }
    }
}
