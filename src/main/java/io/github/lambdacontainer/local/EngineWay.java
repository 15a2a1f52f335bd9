package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Starts functions in containers of an engine, as Lambda starts them: read-only but for {@code /tmp}, by a user without
 * privileges, with Lambda's limits (AWS Lambda Developer Guide, "Lambda quotas").
 */
final class EngineWay implements StagedImage.Way {

    private static final String API = "AWS_LAMBDA_RUNTIME_API";

    private final EngineProgram engine;
    private final String image;
    private final String platform;
    private final boolean sameMachine;
    private final ExitHook removal;

    /**
     * Containers of an image.
     *
     * @param engine the engine
     * @param image the image's name there, removed with the way
     * @param platform what the image is for, such as {@code linux/arm64}
     * @param sameMachine whether containers share this machine's network, rather than that of a virtual machine
     */
    EngineWay(EngineProgram engine, String image, String platform, boolean sameMachine) {
        this.engine = engine;
        this.image = image;
        this.platform = platform;
        this.sameMachine = sameMachine;
        this.removal = new ExitHook(() -> engine.run("rmi", image));
        removal.register();
    }

    @Override
    public String text() {
        return "in a container of " + Path.of(engine.name()).getFileName();
    }

    @Override
    public FunctionProcesses start(LocalImage local, List<String> command, Map<String, String> environment, int memory)
            throws IOException {
        if (!command.equals(local.command())) {
            throw new IllegalArgumentException("A container has the command of its image, and not " + command);
        }
        String name = "lambda-container-" + UUID.randomUUID();
        ProcessBuilder builder =
                new ProcessBuilder(engine.words(words(name, List.copyOf(environment.keySet()), memory)));
        builder.environment().putAll(environment);
        builder.environment().computeIfPresent(API, (variable, address) -> reachable(address));
        Process client = builder.redirectErrorStream(true).start();
        return new EngineContainer(engine, name, client);
    }

    /**
     * Variables are handed on by their names alone: anybody may read a command line. Processes are limited for the
     * container; {@code --ulimit nproc} would count those of the user in all containers.
     */
    List<String> words(String name, List<String> variables, int memory) {
        List<String> words = new ArrayList<>(List.of("run", "--rm", "--name", name, "--pull", "never"));
        words.addAll(List.of("--platform", platform, "--read-only", "--tmpfs", "/tmp:rw,exec,size=512m"));
        words.addAll(List.of("--user", "993:990", "--memory", memory + "m"));
        words.addAll(List.of("--ulimit", "nofile=1024:1024", "--pids-limit", "1024"));
        if (isPodman()) {
            // Of its own accord it asks for more than a container of a CI service may give.
            words.addAll(List.of("--ulimit", "nproc=1024:1024"));
        }
        if (sameMachine) {
            words.addAll(List.of("--network", "host"));
        }
        variables.forEach(variable -> words.addAll(List.of("--env", variable)));
        words.add(image);
        return words;
    }

    private boolean isPodman() {
        return text().endsWith("podman");
    }

    /** An address of this machine's loopback as a container sees it; both engines lead that name there. */
    String reachable(String address) {
        String host = isPodman() ? "host.containers.internal" : "host.docker.internal";
        return sameMachine ? address : host + address.substring(address.lastIndexOf(':'));
    }

    @Override
    public void close() {
        removal.run();
    }
}
