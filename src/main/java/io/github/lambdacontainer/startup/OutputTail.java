package io.github.lambdacontainer.startup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;

/** The end of what a process writes, so that one that writes without end fills neither memory nor disk. */
final class OutputTail implements Runnable {

    private static final int KEPT = 4 << 10;

    private final InputStream in;
    private final byte[] kept = new byte[KEPT];
    private long count;

    OutputTail(InputStream in) {
        this.in = in;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[KEPT];
        try (in) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException e) {
            // The process was ended; what it wrote before is kept.
            return;
        }
    }

    private synchronized void keep(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            kept[(int) (count++ % KEPT)] = bytes[i];
        }
    }

    /** The last lines, without these values where they are long enough to be secrets. */
    synchronized String text(Collection<String> secrets) {
        int length = (int) Math.min(count, KEPT);
        byte[] end = new byte[length];
        for (int i = 0; i < length; i++) {
            end[i] = kept[(int) ((count - length + i) % KEPT)];
        }
        String text = new String(end, StandardCharsets.UTF_8);
        for (String secret : secrets.stream()
                .filter(value -> value.length() >= 8)
                .sorted(Comparator.comparing(String::length).reversed())
                .toList()) {
            text = text.replace(secret, "***");
        }
        return (count > KEPT ? "… " : "") + text.strip();
    }
}
