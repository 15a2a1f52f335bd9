package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts commands in a namespace whose root is the image: every file at its own path, and of these nothing writable but
 * {@code /tmp}. {@code /dev} and {@code /sys} are this machine's. Linux gives it to every user where user namespaces are
 * allowed ({@code user_namespaces(7)}, {@code unshare(1)}); all processes of a namespace end with its first one.
 *
 * @param base the unpacked base
 * @param layers layers between the two that are laid out for good, topmost first
 * @param work where the image's own files are
 */
record Namespaces(Path base, List<Path> layers, WorkDirectory work) implements StagedFiles.FilesWay {

    /**
     * Mounts the image read-only: its own files over those of the base, the kernel's file systems, and a /tmp. Programs
     * have absolute paths, for PATH is the image's. Inside of a container a new /proc may be refused; the one that is
     * there then shows other process ids.
     */
    private static final String MOUNT = """
            set -e
            unshare=$1 mount=$2 env=$3 variables=$4 root=$5 lower=$6 tmp=$7 directory=$8
            shift 8
            "$mount" -t overlay -o "ro,lowerdir=$lower" lambda-container "$root"
            "$mount" -t proc proc "$root/proc" 2> /dev/null || "$mount" --rbind /proc "$root/proc"
            for each in dev sys; do "$mount" --rbind "/$each" "$root/$each"; done
            "$mount" --bind "$tmp" "$root/tmp"
            """;

    /**
     * Gives the command its variables at the last moment, for a shell has variables of its own, and drops those whose
     * names it does not know. {@code env} reads their values where nobody else can: a command line is for everybody.
     */
    private static final String START = """
            exec "$env" -i -S "$variables" "$unshare" --root="$root" --wd="$directory" -- "$@"
            """;

    /** Finds out whether the tools know what is used of them. */
    private static final String TRY = """
            exec "$env" -i -S "$variables" "$unshare" --root=/ --wd=/ -- "$mount" --version
            """;

    private static final List<String> TOOL_DIRECTORIES = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");
    private static final List<String> MACHINE_FILES = List.of("etc/resolv.conf", "etc/hosts");

    /** Prepares the places that are mounted over. */
    void prepare() throws IOException {
        for (String directory : List.of("proc", "dev", "sys", "tmp")) {
            Files.createDirectories(work.files().resolve(directory));
        }
        for (String file : MACHINE_FILES) {
            Path source = Path.of("/", file);
            Path target = work.files().resolve(file);
            if (Files.isReadable(source) && !Files.exists(target)) {
                Files.createDirectories(work.files().resolve("etc"));
                Files.copy(source, target);
            }
        }
    }

    /** Why no namespace can be had, found out by making one. */
    Optional<String> refusal() {
        if (Stream.of(base, work.root()).anyMatch(path -> path.toString().matches(".*[:,\\\\].*"))) {
            return Optional.of("a mount cannot name '" + work.root() + "' or '" + base + "'");
        }
        return Machine.failure(process(TRY, List.of(), Map.of(), "/"));
    }

    @Override
    public String text() {
        return "in a namespace with the image's own files";
    }

    @Override
    public boolean isInPlace() {
        return true;
    }

    @Override
    public ProcessBuilder process(List<String> command, Map<String, String> environment, String directory) {
        return process(START, command, environment, directory);
    }

    private ProcessBuilder process(
            String last, List<String> command, Map<String, String> environment, String directory) {
        List<String> words = new ArrayList<>(List.of(tool("unshare")));
        if (!isRoot()) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        words.addAll(List.of("--mount", "--pid", "--fork", "--kill-child=KILL", "--", "/bin/sh", "-c", MOUNT + last));
        words.addAll(List.of("sh", tool("unshare"), tool("mount"), tool("env")));
        Map<String, String> handedOver = new HashMap<>();
        words.add(handOver(environment, handedOver));
        words.addAll(List.of(work.root().toString(), lower(), work.temporary().toString(), directory));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().putAll(handedOver);
        return builder;
    }

    /** Puts variables under names that nobody uses, and returns what makes them of these again ({@code env -S}). */
    private static String handOver(Map<String, String> variables, Map<String, String> handedOver) {
        StringBuilder words = new StringBuilder("--");
        int number = 0;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            handedOver.put("N" + number, variable.getKey());
            handedOver.put("V" + number, variable.getValue());
            words.append(" ${N").append(number).append("}=${V").append(number).append('}');
            number++;
        }
        return words.toString();
    }

    /** The directories that make up the root, topmost first. */
    private String lower() {
        return Stream.of(Stream.of(work.files()), layers.stream(), Stream.of(base))
                .flatMap(directories -> directories)
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }

    private static String tool(String name) {
        return TOOL_DIRECTORIES.stream()
                .map(directory -> directory + "/" + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse(name);
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
