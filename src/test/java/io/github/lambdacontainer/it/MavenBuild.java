package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A real Maven build of a copy of a project in {@code src/it}. */
final class MavenBuild {

    /** The newest Maven 3, which runs what does not name another. */
    static final String MAVEN = "3.9.16";

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Path directory;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private String[] goals = {"package"};
    private String maven = MAVEN;
    private String umask = "022";
    private String settings = "";
    private List<String> mode = List.of("-B", "-ntp");
    private boolean onTerminal;
    private String input = "";

    private MavenBuild(Path directory) {
        this.directory = directory;
        property("lambda-container.cacheDirectory", cache().toString());
    }

    /** A build of a fresh copy of a project. */
    static MavenBuild project(String name) {
        return project(name, It.directory(name));
    }

    /** A build of a copy of a project in a directory that is empty. */
    static MavenBuild project(String name, Path directory) {
        try {
            It.copy(It.projects().resolve(name), directory);
            return new MavenBuild(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A build of a project that is there already. */
    static MavenBuild again(Path directory) {
        return new MavenBuild(directory);
    }

    /** Maven of this version. */
    static Path program(String version) {
        return It.target().resolve("maven/apache-maven-" + version + "/bin/mvn");
    }

    /** The cache that builds share unless they name another. */
    static Path cache() {
        return It.target().resolve("it-cache");
    }

    Path directory() {
        return directory;
    }

    MavenBuild goals(String... goals) {
        this.goals = goals;
        return this;
    }

    MavenBuild property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    MavenBuild from(String image) {
        return property("lambda-container.from.image", image);
    }

    MavenBuild from(Base base) {
        return from(base.reference());
    }

    MavenBuild argument(String argument) {
        arguments.add(argument);
        return this;
    }

    /** Takes these options in place of {@code -B -ntp}. */
    MavenBuild mode(String... options) {
        mode = List.of(options);
        return this;
    }

    /** Lets Maven write to a terminal of its own, as where somebody watches; Maven 4 takes {@code CI} for nobody. */
    MavenBuild onTerminal() {
        onTerminal = true;
        return environment("TERM", "xterm").environment("CI", "");
    }

    /** A JVM that trusts what signed itself for this registry. */
    MavenBuild trusting(LocalRegistry registry) {
        return environment(
                "MAVEN_OPTS",
                "-Djavax.net.ssl.trustStorePassword=" + TestCertificate.STORE_PASSWORD
                        + " -Djavax.net.ssl.trustStore="
                        + registry.certificate().trustStore());
    }

    MavenBuild maven(String version) {
        maven = version;
        return this;
    }

    MavenBuild javaHome(Path jdk) {
        return environment("JAVA_HOME", jdk.toString());
    }

    MavenBuild environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** What Maven reads from its standard input. */
    MavenBuild input(String text) {
        input = text;
        return this;
    }

    MavenBuild umask(String mask) {
        umask = mask;
        return this;
    }

    /** The body of the user's {@code settings.xml}. */
    MavenBuild settings(String body) {
        settings = body;
        return this;
    }

    /** Replaces text in a file of the copy. */
    MavenBuild replace(String file, String target, String replacement) {
        try {
            Path path = directory.resolve(file);
            String text = Files.readString(path);
            assertThat(text).contains(target);
            Files.writeString(path, text.replace(target, replacement));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the build and asserts that it succeeds. */
    MavenResult succeed() {
        MavenResult result = run();
        assertThat(result.exitCode()).as(result.log()).isZero();
        return result;
    }

    /** Runs the build and asserts that it fails. */
    MavenResult fail() {
        MavenResult result = run();
        assertThat(result.exitCode()).as(result.log()).isNotZero();
        return result;
    }

    MavenResult run() {
        Command.Result result =
                command(onTerminal ? onTerminal(words()) : words()).run();
        Canaries.assertAbsent("the log of " + directory.getFileName(), result.log());
        Canaries.assertAbsent(directory);
        return new MavenResult(result.exitCode(), result.log(), directory.resolve("target"));
    }

    /** Starts the build; the process that is given back is Maven's own, and heeds Ctrl-C whatever runs the tests. */
    Command.Running start() {
        List<String> words = words();
        words.addAll(0, List.of("/usr/bin/env", "--default-signal=INT"));
        return command(words).start();
    }

    private Command command(List<String> words) {
        Command command = Command.of(words)
                .in(directory)
                .within(LIMIT)
                .input(input)
                .environment("JAVA_HOME", It.jdk().toString())
                .environment("MAVEN_OPTS", "")
                .environment("MAVEN_ARGS", "")
                .environment("MAVEN_CONFIG", "")
                .environment("GITHUB_ACTIONS", "");
        environment.forEach(command::environment);
        return command;
    }

    private static List<String> onTerminal(List<String> words) {
        String line = words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return List.of(Tools.get("script").toString(), "--quiet", "--return", "--command", line, "/dev/null");
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "umask " + umask + " && exec \"$@\"",
                "sh",
                program(maven).toString()));
        words.addAll(mode);
        words.addAll(List.of(
                "-gs",
                globalSettings().toString(),
                "-s",
                userSettings().toString(),
                "-Dmaven.repo.local=" + It.target().resolve("it-repo"),
                "-Dstyle.color=never"));
        properties.forEach((name, value) -> words.add("-D" + name + "=" + value));
        words.addAll(arguments);
        words.addAll(List.of(goals));
        return words;
    }

    /** Lets the build take what the user's repository holds from there, so that nothing is downloaded twice. */
    private Path globalSettings() {
        String repository = """
            <id>%s</id>
            <url>%s</url>
            <releases><checksumPolicy>ignore</checksumPolicy></releases>
            <snapshots><enabled>false</enabled></snapshots>
            """.formatted("already-here", It.userRepository().toUri());
        return write("global-settings.xml", """
            <settings>
              <profiles><profile>
                <id>integration-test</id>
                <repositories><repository>%s</repository></repositories>
                <pluginRepositories><pluginRepository>%s</pluginRepository></pluginRepositories>
              </profile></profiles>
              <activeProfiles><activeProfile>integration-test</activeProfile></activeProfiles>
            </settings>
            """.formatted(repository, repository));
    }

    /** The user's own settings, which may name mirrors and proxies, unless the test brings some. */
    private Path userSettings() {
        Path own = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
        return settings.isEmpty() && Files.exists(own)
                ? own
                : write("settings.xml", "<settings>" + settings + "</settings>");
    }

    private Path write(String name, String text) {
        try {
            Path file = It.target().resolve("it").resolve(directory.getFileName() + "-" + name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
