package io.github.lambdacontainer.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** What a function prints, handed on line by line and never kept but for its end. */
final class FunctionLog {

    /** As much as Lambda returns of a log (API reference, Invoke, X-Amz-Log-Result). */
    static final int TAIL = 4096;

    private static final int LONGEST_LINE = 64 * 1024;

    private final InputStream output;
    private final Consumer<String> lines;
    private final Thread reader = new Thread(this::read, "lambda-function-log");
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] tail = new byte[0];

    FunctionLog(InputStream output, Consumer<String> lines) {
        this.output = output;
        this.lines = lines;
        reader.setDaemon(true);
        reader.start();
    }

    /** The last bytes that the function printed, at most 4 KB, as text. */
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

    /** Adds a line of Lambda's own. */
    void add(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
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
        byte[] buffer = new byte[8192];
        try {
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                keep(buffer, count);
                split(buffer, count);
            }
        } catch (IOException e) {
            // The function was stopped while its output was read: what came before is all.
            end();
            return;
        }
        end();
    }

    private synchronized void keep(byte[] bytes, int count) {
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

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        if (line.size() > 0) {
            lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }
        line.reset();
    }
}
