package io.github.lambdacontainer.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a function prints, handed on line by line and never kept but for its end. The output is looked at again and
 * again: were it waited for, nobody could say whether all that a function has printed is handed on when it answers.
 */
final class FunctionLog {

    /** As much as Lambda returns of a log (API reference, Invoke, X-Amz-Log-Result). */
    static final int TAIL = 4096;

    private static final int LONGEST_LINE = 64 * 1024;

    /** Between two looks; the pauses grow up to this while there is nothing. */
    private static final long LONGEST_PAUSE_MILLIS = 20;

    private final Process process;
    private final InputStream output;
    private final Consumer<String> lines;
    private final Thread reader = new Thread(this::read, "lambda-function-log");
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] tail = new byte[0];
    /** Whether nobody but the reader reads any more. */
    private volatile boolean ended;

    FunctionLog(Process process, Consumer<String> lines) {
        this.process = process;
        this.output = process.getInputStream();
        this.lines = lines;
        reader.setDaemon(true);
        reader.start();
    }

    /** The last bytes that the function printed, at most 4 KB, as text, or did since an invocation began. */
    synchronized String tail() {
        return new String(tail, StandardCharsets.UTF_8);
    }

    /** Waits for the end of the output, but no longer than this. */
    void await(Duration limit) {
        try {
            reader.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins the log of an invocation with a line of Lambda's own. */
    synchronized void begin(String text) {
        handOn();
        tail = new byte[0];
        add(text);
    }

    /** Adds a line of Lambda's own behind all that the function has printed. */
    synchronized void add(String text) {
        handOn();
        boolean open = line.size() > 0;
        end();
        byte[] bytes = ((open ? "\n" : "") + text + "\n").getBytes(StandardCharsets.UTF_8);
        keep(bytes, bytes.length);
        lines.accept(text);
    }

    /** Waits until all that was printed is handed on; a process that keeps the output open is not waited for. */
    void close(Duration limit) {
        try {
            reader.join(limit.toMillis());
            if (reader.isAlive()) {
                output.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The output was closed from the other end.
            return;
        }
    }

    private void read() {
        try {
            long pause = 0;
            while (!ended && !process.waitFor(pause, TimeUnit.MILLISECONDS)) {
                pause = handOn() ? 0 : Math.min(2 * pause + 1, LONGEST_PAUSE_MILLIS);
            }
            readToEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /** Hands on what is there now, if anything is. */
    private synchronized boolean handOn() {
        if (ended) {
            return false;
        }
        try {
            byte[] bytes = output.readNBytes(output.available());
            handOn(bytes, bytes.length);
            return bytes.length > 0;
        } catch (IOException e) {
            // The output was closed: what came before is all.
            ended = true;
            return false;
        }
    }

    /** From here on only this thread reads, for it waits, and nobody else may have to. */
    private void readToEnd() {
        synchronized (this) {
            ended = true;
        }
        byte[] buffer = new byte[8192];
        try {
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                handOn(buffer, count);
            }
        } catch (IOException e) {
            // The function was stopped while its output was read: what came before is all.
            return;
        }
    }

    private synchronized void handOn(byte[] bytes, int count) {
        keep(bytes, count);
        split(bytes, count);
    }

    private void keep(byte[] bytes, int count) {
        byte[] all = Arrays.copyOf(tail, tail.length + count);
        System.arraycopy(bytes, 0, all, tail.length, count);
        tail = all.length > TAIL ? Arrays.copyOfRange(all, all.length - TAIL, all.length) : all;
    }

    private void split(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n' || line.size() >= LONGEST_LINE) {
                end();
            }
            if (bytes[i] != '\n') {
                line.write(bytes[i]);
            }
        }
    }

    private synchronized void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        if (line.size() > 0) {
            lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }
        line.reset();
    }
}
