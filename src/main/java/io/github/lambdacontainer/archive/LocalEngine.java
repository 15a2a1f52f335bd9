package io.github.lambdacontainer.archive;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A container engine on this machine that takes images: Docker where its daemon answers, else Podman. */
public final class LocalEngine {

    private static final int OUTPUT_LIMIT = 4096;
    private static final long PATIENCE_SECONDS = 20;

    private final List<String> docker;
    private final List<String> podman;

    /** Takes the engines found on the PATH. */
    public LocalEngine() {
        this(List.of("docker"), List.of("podman"));
    }

    /** Takes the engine of this name, {@code docker} or {@code podman}, and no other. */
    public static LocalEngine only(String name) {
        return new LocalEngine(
                name.equals("docker") ? List.of("docker") : List.of(),
                name.equals("podman") ? List.of("podman") : List.of());
    }

    LocalEngine(List<String> docker, List<String> podman) {
        this.docker = docker;
        this.podman = podman;
    }

    /**
     * Loads an image archive.
     *
     * @return the engine that has the image now, as the console names it
     * @throws EnvironmentFailure if there is no engine, or it refuses the archive
     */
    public String load(Path archive) {
        List<String> engine = engine().orElseThrow(() -> new EnvironmentFailure(Problem.of(
                "Neither Docker (with its daemon running) nor Podman is on this machine, so '" + archive
                        + "' was built but not loaded.",
                "Install one of them, or take the image from that file.")));
        return load(engine, archive);
    }

    /** The program of the engine that images are loaded into, if there is one. */
    public Optional<String> program() {
        return engine().map(engine -> engine.get(0));
    }

    private Optional<List<String>> engine() {
        if (!docker.isEmpty() && answers(docker, "version", "--format", "{{.Server.Version}}")) {
            return Optional.of(docker);
        }
        return Optional.of(podman).filter(engine -> !engine.isEmpty() && answers(engine, "--version"));
    }

    /** A daemon that hangs is as good as none. */
    private static boolean answers(List<String> engine, String... arguments) {
        try {
            Process process = new ProcessBuilder(words(engine, arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.getOutputStream().close();
                return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> words(List<String> engine, String... arguments) {
        return Stream.concat(engine.stream(), Arrays.stream(arguments)).toList();
    }

    private static String load(List<String> engine, Path archive) {
        Outcome outcome = run(engine, "load", "--input", archive.toString());
        if (!outcome.succeeded()) {
            throw new EnvironmentFailure(Problem.of(
                    "'" + String.join(" ", engine) + " load' refused '" + archive + "': " + outcome.output(),
                    "Mend what the message says; the image is complete in that file."));
        }
        return engine.get(0);
    }

    private record Outcome(boolean succeeded, String output) {}

    private static Outcome run(List<String> engine, String... arguments) {
        try {
            return outcome(new ProcessBuilder(words(engine, arguments))
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            return new Outcome(false, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(false, "interrupted");
        }
    }

    /** The end of what a program says, for there it says why it fails. */
    private static String end(InputStream stream) throws IOException {
        byte[] before = new byte[0];
        byte[] last = stream.readNBytes(OUTPUT_LIMIT);
        for (byte[] next = stream.readNBytes(OUTPUT_LIMIT); next.length > 0; next = stream.readNBytes(OUTPUT_LIMIT)) {
            before = last;
            last = next;
        }
        byte[] end = Arrays.copyOf(before, before.length + last.length);
        System.arraycopy(last, 0, end, before.length, last.length);
        String text = new String(end, StandardCharsets.UTF_8);
        return text.length() > OUTPUT_LIMIT ? "…" + text.substring(text.length() - OUTPUT_LIMIT) : text;
    }

    /** Without a limit: how long a load takes depends on the image and on the machine. */
    private static Outcome outcome(Process process) throws IOException, InterruptedException {
        try (InputStream stream = process.getInputStream()) {
            process.getOutputStream().close();
            String output = end(stream);
            return new Outcome(process.waitFor() == 0, output.strip());
        } finally {
            process.destroy();
        }
    }
}
