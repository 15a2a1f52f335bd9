package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.report.ProgressBar;
import java.io.Console;
import java.util.Optional;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Whether somebody watches the build on a terminal and has not asked for quiet. */
final class Terminal {

    private Terminal() {}

    /** A progress bar; none under {@code -B}, {@code -q} or {@code -ntp}, or where the output is not a terminal. */
    static Optional<ProgressBar> bar(MavenExecutionRequest request, Log log) {
        boolean wanted = request.isInteractiveMode()
                && log.isInfoEnabled()
                && showsTransfers(request)
                && isTerminal(System.console())
                && !"dumb".equals(System.getenv("TERM"));
        return wanted ? Optional.of(new ProgressBar(System.out)) : Optional.empty();
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
