package io.github.lambdacontainer.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Every sentence that the console says about a function that runs on this machine. */
public final class RunLog {

    private final Lines lines;
    private final PrintStream out;

    /**
     * A log.
     *
     * @param lines where the sentences go
     * @param out where a response goes, alone, so that another program can read it
     */
    public RunLog(Lines lines, PrintStream out) {
        this.lines = lines;
        this.out = out;
    }

    /** The function is about to start. */
    public void runs(String way) {
        lines.info("Running the function " + way);
    }

    /** A line of the function's log. */
    public void line(String text) {
        lines.info("| " + text);
    }

    /** The function's response, byte for byte: it need be no text, and none in the console's encoding. */
    public void response(byte[] response) {
        lines.info("Response:");
        out.write(response, 0, response.length);
        out.println();
        out.flush();
    }

    /** The function can be called. */
    public void serves(String address, int most) {
        lines.info("Serving the function at " + address + "/2015-03-31/functions/function/invocations");
        lines.info("For the AWS CLI and SDKs the endpoint is " + address + "; at most " + most
                + (most == 1 ? " event is" : " events are") + " handled at a time.");
        lines.info("Press Ctrl-C to end.");
    }

    /** Classes have changed. */
    public void restarts(List<Path> watched) {
        lines.info("Something below " + watched.get(0) + " has changed: the next event gets the new function.");
    }

    /** What has changed cannot be run. */
    public void keepsOld(String problem) {
        lines.warn("What has changed cannot be run, so the function stays as it was. " + problem);
    }
}
