package io.github.lambdacontainer.report;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * A bar on the last line of a terminal that shows how much of all transfers has arrived. It is drawn at most ten times a
 * second and erases itself when nothing is left to wait for.
 */
public final class ProgressBar {

    private static final int WIDTH = 30;
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final String ERASE = "\r\033[K";

    private final PrintStream terminal;
    private final LongSupplier nanoTime;
    private String shown = "";
    private long expected;
    private long arrived;
    private long drawnAt;
    private boolean visible;

    /** A bar on this terminal. */
    public ProgressBar(PrintStream terminal) {
        this(terminal, System::nanoTime);
    }

    ProgressBar(PrintStream terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.drawnAt = nanoTime.getAsLong() - INTERVAL_NANOS;
    }

    /** Waits for this many bytes more of what is done, such as {@code Downloading}. */
    public synchronized void expect(String doing, long bytes) {
        if (!doing.equals(shown)) {
            shown = doing;
            expected = 0;
            arrived = 0;
        }
        expected += bytes;
    }

    /** This many further bytes have arrived. */
    public synchronized void advance(long bytes) {
        arrived += bytes;
        if (arrived >= expected) {
            erase();
            return;
        }
        long now = nanoTime.getAsLong();
        if (now - drawnAt >= INTERVAL_NANOS) {
            drawnAt = now;
            draw();
        }
    }

    /** Makes room for a line of text; the next advance draws the bar again. */
    public synchronized void erase() {
        if (visible) {
            terminal.print(ERASE);
            terminal.flush();
            visible = false;
        }
    }

    private void draw() {
        int filled = (int) (WIDTH * arrived / expected);
        terminal.print(ERASE + shown + " [" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "] "
                + Sizes.text(arrived) + " of " + Sizes.text(expected));
        terminal.flush();
        visible = true;
    }
}
