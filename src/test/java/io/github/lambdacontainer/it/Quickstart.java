package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first screen of the README: packages the function in {@code src/it/quickstart} with the plugin just built, starts
 * what it built against a Runtime API on this machine, and prints the image and the function's response.
 */
public final class Quickstart {

    private static final String EVENT = "{\"name\":\"Ada\"}";
    private static final String RESPONSE = "\"Hello, Ada!\"";
    /** Where the JDK and the C library are not those of Linux, a base has to bring both. */
    private static final String ELSEWHERE = "public.ecr.aws/lambda/java:17";

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final String OWN_LINES = "io.github.lambdacontainer=info";

    private final Path directory;
    private final List<ContainerTool> tools;
    private final PrintStream out;

    Quickstart(Path directory, List<ContainerTool> tools, PrintStream out) {
        this.directory = directory;
        this.tools = tools;
        this.out = out;
    }

    /**
     * Runs the quickstart.
     *
     * @param arguments what the Maven that runs this was started with: its home, local repository, settings and whether
     *     it is offline
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = It.target().resolve("quickstart");
        It.delete(directory);
        List<String> maven = new ArrayList<>(List.of(program(arguments[0]), "-Dmaven.repo.local=" + arguments[1]));
        String settings = arguments[2].replaceFirst("^settings: ", "");
        if (Files.exists(Path.of(settings))) {
            maven.addAll(List.of("-s", settings));
        }
        if (arguments[3].equals("offline: true")) {
            maven.add("-o");
        }
        new Quickstart(directory, ContainerTool.ALL, System.out).run(maven);
    }

    private void run(List<String> maven) throws IOException {
        Path project = Files.createDirectories(directory).resolve("project");
        It.copy(It.projects().resolve("quickstart"), project);
        out.println();
        out.println("Packaging the function in src/it/quickstart");
        out.println();
        build(project, maven);
        answer(project.resolve("target/lambda-container/image.tar"));
        out.println();
    }

    private static String program(String home) {
        Path program = Path.of(home, "bin", isWindows() ? "mvn.cmd" : "mvn");
        return Files.exists(program) ? program.toString() : "mvn";
    }

    private void build(Path project, List<String> maven) {
        List<String> words = new ArrayList<>(maven);
        words.addAll(List.of(
                "-B",
                "-q",
                "-Dstyle.color=never",
                "-Dorg.slf4j.simpleLogger.log." + OWN_LINES,
                "-Dmaven.logger.log." + OWN_LINES,
                "-Dlambda-container.architectures=" + architecture()));
        if (!isLinux()) {
            words.add("-Dlambda-container.from.image=" + ELSEWHERE);
        }
        words.add("package");
        Command.Result result = Command.of(words)
                .in(project)
                .within(BUILD_LIMIT)
                .environment("JAVA_HOME", It.jdk().toString())
                .run();
        if (result.exitCode() != 0) {
            out.println(result.log());
            throw new IllegalStateException("The function could not be packaged, see above.");
        }
        result.output()
                .replaceAll("\u001b\\[[0-9;]*m", "")
                .strip()
                .lines()
                .map(line -> line.replaceFirst("^\\[INFO] ", ""))
                .forEach(out::println);
        out.println();
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
    }

    /** Asks the image's function, in a container if a tool can start one, else from the image's own files. */
    void answer(Path archive) throws IOException {
        List<ContainerTool> here =
                tools.stream().filter(ContainerTool::isInstalled).toList();
        if (here.isEmpty()) {
            out.println("No podman or docker is installed.");
        }
        Optional<String> failure = Optional.empty();
        for (ContainerTool tool : here) {
            failure = ask(tool.toString(), api -> tool.start(archive, api, log("container")));
            if (failure.isEmpty()) {
                return;
            }
            out.println(tool + " could not start it: " + failure.get());
        }
        if (!isLinux()) {
            out.println("What was built cannot run here without a container tool. The image is " + archive);
            return;
        }
        String way = "the image's own files on this machine";
        failure = ask(
                way,
                api -> ImageFiles.unpack(archive, directory.resolve("root")).start(api, log("files")));
        if (failure.isPresent()) {
            throw new IllegalStateException("The function did not start: " + failure.get());
        }
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    /** Starts a function. */
    private interface Start {
        StartedFunction with(LocalFunction api) throws IOException;
    }

    /** Asks the function and prints its response; gives the reason if there was nobody to ask. */
    private Optional<String> ask(String way, Start start) throws IOException {
        try (LocalFunction api = new LocalFunction();
                StartedFunction function = start.with(api)) {
            try {
                String response = api.invoke(EVENT, ANSWER_LIMIT);
                out.println("Run by:   " + way);
                out.println("Event:    " + EVENT);
                out.println("Response: " + response);
                if (!response.equals(RESPONSE)) {
                    throw new IllegalStateException("The response should be " + RESPONSE);
                }
                return Optional.empty();
            } catch (LocalFunction.Failed e) {
                if (!api.isReached()) {
                    return Optional.of(function.lastLine().orElse(String.valueOf(e.getMessage())));
                }
                out.println(function.log());
                throw new IllegalStateException("The function failed: " + e.getMessage(), e);
            }
        } catch (ContainerTool.Unusable e) {
            return Optional.of(e.getMessage());
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
