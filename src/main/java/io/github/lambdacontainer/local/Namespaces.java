package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            unshare=$1 mount=$2 root=$3 lower=$4 tmp=$5 directory=$6
            shift 6
            "$mount" -t overlay -o "ro,lowerdir=$lower" lambda-container "$root"
            "$mount" -t proc proc "$root/proc" 2> /dev/null || "$mount" --rbind /proc "$root/proc"
            for each in dev sys; do "$mount" --rbind "/$each" "$root/$each"; done
            "$mount" --bind "$tmp" "$root/tmp"
            """;

    private static final String START = """
            exec "$unshare" --root="$root" --wd="$directory" -- "$@"
            """;

    /** Finds out whether the tools know what is used of them. */
    private static final String TRY = """
            exec "$unshare" --root=/ --wd=/ -- "$mount" --version
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
        words.addAll(List.of("sh", tool("unshare"), tool("mount"), work.root().toString()));
        words.addAll(List.of(lower(), work.temporary().toString(), directory));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
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
