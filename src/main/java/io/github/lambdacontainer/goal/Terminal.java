package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.report.ProgressBar;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** What reaches the user beside Maven's log: a bar if somebody watches the build and has not asked for quiet. */
final class Terminal {

    private Terminal() {}

    /** A progress bar; none under {@code -B}, {@code -q} or {@code -ntp}, or where the output is not a terminal. */
    static Optional<ProgressBar> bar(MavenExecutionRequest request, Log log) {
        boolean wanted = request.isInteractiveMode()
                && log.isInfoEnabled()
                && showsTransfers(request)
                && isTerminal(System.console())
                && !"dumb".equals(System.getenv("TERM"));
        return wanted ? Optional.of(new ProgressBar(direct(FileDescriptor.out))) : Optional.empty();
    }

    /** Says a line on standard error, whatever Maven shows of its log. */
    static void say(String line) {
        direct(FileDescriptor.err).println(line);
    }

    /** Not System.out: Maven 4 makes log lines of what is written there, and without colours 3 takes out what erases. */
    private static PrintStream direct(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), true);
    }

    /** Maven gives {@code -ntp} to nobody but its own listener, whose kind tells. */
    private static boolean showsTransfers(MavenExecutionRequest request) {
        return request.getTransferListener() == null
                || !request.getTransferListener().getClass().getSimpleName().contains("Quiet");
    }

    /** From Java 22 on there is a console even where the output goes to a file. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
