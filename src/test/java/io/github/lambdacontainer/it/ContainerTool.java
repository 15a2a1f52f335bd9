package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A container tool as users have it installed, with their own store of images. It starts images as Lambda does:
 * read-only except {@code /tmp}, as an unprivileged user, with Lambda's limits.
 *
 * @param program its command
 * @param options what comes before the subcommand
 */
record ContainerTool(String program, List<String> options) {

    /** Those to try, the first first. */
    static final List<ContainerTool> ALL = List.of(
            new ContainerTool("podman", List.of()),
            new ContainerTool("podman", List.of("--runtime", "runc")),
            new ContainerTool("docker", List.of()));

    /** Says why a tool cannot be used. */
    static final class Unusable extends RuntimeException {
        Unusable(String message) {
            super(message);
        }
    }

    boolean isInstalled() {
        try {
            return Command.of(words("--version")).run().exitCode() == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Loads the image of an archive and starts it; what is closed is removed again. */
    StartedFunction start(Path archive, LocalFunction function, Path log) throws IOException {
        String image = load(archive);
        String container =
                "lambda-container-quickstart-" + ProcessHandle.current().pid();
        boolean linux = System.getProperty("os.name").equals("Linux");
        List<String> words = words("run", "--rm", "--name", container, "--read-only", "--tmpfs", "/tmp:rw,exec");
        words.addAll(List.of("--user", "993:990", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000"));
        if (linux) {
            words.addAll(List.of("--network", "host"));
        }
        words.addAll(
                List.of("-e", "AWS_LAMBDA_RUNTIME_API=" + (linux ? function.address() : outside(function)), image));
        return StartedFunction.start(new ProcessBuilder(words), log, function, () -> {
            Command.of(words("rm", "--force", container)).run();
            Command.of(words("rmi", image)).run();
        });
    }

    private String load(Path archive) {
        Command.Result result = Command.of(words("load", "--quiet", "--input", archive.toString()))
                .run();
        String said = StartedFunction.lastLine(result.log()).orElse("exit code " + result.exitCode());
        if (result.exitCode() != 0) {
            throw new Unusable(said);
        }
        return said.substring(said.indexOf(": ") + 1).strip();
    }

    /** The Runtime API seen from a virtual machine, in which containers run on other systems than Linux. */
    private String outside(LocalFunction function) {
        String host = program.equals("podman") ? "host.containers.internal" : "host.docker.internal";
        return host + function.address().substring(function.address().indexOf(':'));
    }

    private List<String> words(String... words) {
        List<String> all = new ArrayList<>(List.of(program));
        all.addAll(options);
        all.addAll(List.of(words));
        return all;
    }

    @Override
    public String toString() {
        return String.join(" ", words());
    }
}
