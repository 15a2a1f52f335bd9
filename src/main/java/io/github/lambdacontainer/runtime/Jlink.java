package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.plan.Jdk;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program {@code jlink} of a JDK, with flags under which the same modules give the same bytes in every directory.
 *
 * <p>Modules are not compressed: gzip of the layer does better on plain ones (27.2 MB against 33.6 MB on JDK 17, 33.7
 * MB against 41.0 MB on JDK 25); start times do not differ beyond their noise. Native files are not stripped, since that
 * would need {@code objcopy} and give other bytes with each version of it.
 *
 * <p>The JVM's archive of its own classes (CDS) is left out, though programs start sooner with it: on 17 its bytes differ
 * with each run, on 25 with the directory if the name of that is not ASCII.
 */
final class Jlink {

    /** Where {@code zip-0} has taken the place of {@code 0} (JDK-8301124). */
    private static final int NAMED_COMPRESSION_SINCE = 21;

    /** With any other encoding of file names, directories whose names are not ASCII cannot be used. */
    private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC");

    private static final int MOST_SHOWN = 2_000;

    private final Jdk jdk;
    private final Processes processes;

    Jlink(Jdk jdk, Processes processes) {
        this.jdk = jdk;
        this.processes = processes;
    }

    /** What shapes the result besides JDK and modules; a part of the cache's key. */
    String flags() {
        return String.join(" ", options());
    }

    /**
     * Links these modules into a directory that does not exist yet.
     *
     * @throws IOException if there is no room for them
     */
    void link(List<String> modules, Path directory) throws IOException {
        List<String> arguments = new ArrayList<>(options());
        arguments.addAll(List.of("--add-modules", String.join(",", modules), "--output", directory.toString()));
        Processes.Outcome outcome = processes.run(JdkReader.program(jdk.home(), "jlink"), arguments, ENVIRONMENT);
        if (!outcome.succeeded() && DiskReason.isFull(outcome.output() + outcome.errors())) {
            throw new IOException("No space left on device");
        }
        if (!outcome.succeeded()) {
            throw failure("jlink of the JDK at " + jdk.home() + " could not link a Java runtime", outcome);
        }
    }

    private List<String> options() {
        return List.of(
                "--no-header-files",
                "--no-man-pages",
                "--strip-java-debug-attributes",
                "--compress",
                jdk.feature() >= NAMED_COMPRESSION_SINCE ? "zip-0" : "0");
    }

    private static EnvironmentFailure failure(String what, Processes.Outcome outcome) {
        String said = (outcome.output() + "\n" + outcome.errors()).strip();
        String shown = said.length() > MOST_SHOWN ? said.substring(0, MOST_SHOWN) + " …" : said;
        return new EnvironmentFailure(Problem.of(
                what + " (exit code " + outcome.exitCode() + "): " + shown,
                JdkReader.SETTING,
                "Set right what it says, or name another JDK."));
    }
}
