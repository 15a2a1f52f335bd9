package io.github.lambdacontainer.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Starts functions in containers of an engine, as Lambda starts them: read-only but for {@code /tmp}, by a user without
 * privileges, with Lambda's limits (AWS Lambda Developer Guide, "Lambda quotas").
 */
final class EngineWay implements StagedImage.Way {

    private static final String API = "AWS_LAMBDA_RUNTIME_API";

    /**
     * What the clients of the engines read themselves, to find the engine and their own files (Docker's command line
     * reference, "Environment variables"; {@code podman(1)}).
     */
    private static final Pattern OF_CLIENT = Pattern.compile(
            "PATH|HOME|USERPROFILE|TMPDIR|SSH_AUTH_SOCK|DBUS_SESSION_BUS_ADDRESS|(LD|DYLD)_.*"
                    + "|XDG_((CACHE|CONFIG|DATA|STATE)_HOME|RUNTIME_DIR)|GO(DEBUG|GC|MAXPROCS|MEMLIMIT|TRACEBACK)"
                    + "|DOCKER_(API_VERSION|CERT_PATH|CLI_EXPERIMENTAL|CONFIG|CONTENT_TRUST|CONTENT_TRUST_SERVER|CONTEXT"
                    + "|CUSTOM_HEADERS|DEFAULT_PLATFORM|HIDE_LEGACY_COMMANDS|HOST|TLS|TLS_VERIFY)"
                    + "|CONTAINER_(CONNECTION|HOST|SSHKEY|TLS_CA|TLS_CERT|TLS_KEY)"
                    + "|CONTAINERS_(CONF|CONF_OVERRIDE|REGISTRIES_CONF|STORAGE_CONF)"
                    + "|PODMAN_(CONNECTIONS_CONF|IGNORE_CGROUPSV1_WARNING|USERNS)|STORAGE_(DRIVER|OPTS)",
            Pattern.CASE_INSENSITIVE);

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
        return "in a container of " + engine.shortName();
    }

    @Override
    public FunctionProcesses start(LocalImage local, List<String> command, Map<String, String> environment, int memory)
            throws IOException {
        if (!command.equals(local.command())) {
            throw new IllegalArgumentException("A container has the command of its image, and not " + command);
        }
        String name = "lambda-container-" + UUID.randomUUID();
        Map<String, String> handedOn = new HashMap<>();
        List<String> variables = handOn(environment, handedOn);
        ProcessBuilder builder = new ProcessBuilder(engine.words(words(name, variables, memory)));
        builder.environment().putAll(handedOn);
        builder.environment().computeIfPresent(API, (variable, address) -> reachable(address));
        Process client = builder.redirectErrorStream(true).start();
        return new EngineContainer(engine, name, client);
    }

    /**
     * The options for a container's variables. These are handed on by their names alone, for anybody may read a command
     * line, but for those that would change what the client does.
     */
    private static List<String> handOn(Map<String, String> environment, Map<String, String> client) {
        List<String> options = new ArrayList<>();
        environment.forEach((name, value) -> {
            boolean ofClient = OF_CLIENT.matcher(name).matches();
            options.addAll(List.of("--env", ofClient ? name + "=" + value : name));
            if (!ofClient) {
                client.put(name, value);
            }
        });
        return options;
    }

    /** Processes are limited for the container; {@code --ulimit nproc} would count those of the user in all containers. */
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
        words.addAll(variables);
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
