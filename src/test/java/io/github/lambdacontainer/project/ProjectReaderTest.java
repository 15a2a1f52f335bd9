package io.github.lambdacontainer.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.Dependency.Origin;
import io.github.lambdacontainer.project.HandlerFinding.Found;
import io.github.lambdacontainer.project.HandlerFinding.Unusable;
import io.github.lambdacontainer.project.ProjectInput.ExtraDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProjectReaderTest {

    private static final String HANDLER = "implements RequestHandler<String, String> {"
            + " public String handleRequest(String in, Context c) { return in; }}";

    @TempDir
    private Path root;

    private Path base;
    private Path classes;
    private String packaging = "jar";
    private Optional<String> handler = Optional.empty();
    private Optional<Path> artifact = Optional.empty();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<ExtraDirectory> extra = new ArrayList<>();
    private final Map<String, Integer> permissions = new LinkedHashMap<>();

    @BeforeEach
    void project() {
        base = root.resolve("app");
        classes = base.resolve("target/classes");
    }

    private ProjectFacts read() {
        return new ProjectReader()
                .read(new ProjectInput(
                        base,
                        root,
                        packaging,
                        classes,
                        artifact,
                        dependencies,
                        handler,
                        extra,
                        permissions,
                        base.resolve("target/work")));
    }

    private void app() throws IOException {
        compile("com.acme.App", "public class App " + HANDLER);
    }

    private void compile(String name, String source) throws IOException {
        String packageName = name.substring(0, name.lastIndexOf('.'));
        Compiled.into(classes, name, "package " + packageName + "; " + Compiled.IMPORTS + source);
    }

    private static Path file(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private Dependency dependency(String group, Path path) {
        String name = path.getFileName().toString();
        return new Dependency(group, name.replaceAll("-?[0-9.]*(jar)?$", ""), "1.0", "", path, Origin.RELEASE);
    }

    private List<String> problems() {
        return read().problems().stream().map(Problem::text).toList();
    }

    private String handlerProblem() {
        Unusable unusable = (Unusable) read().handler();
        assertThat(unusable.problems()).hasSize(1);
        return unusable.problems().get(0).text();
    }

    @Test
    void listsClassesAndResourcesSortedByPath() throws IOException {
        app();
        compile("com.acme.Zeta", "public class Zeta {}");
        file(classes.resolve("log.xml"), "");
        file(classes.resolve("META-INF/native/größe.txt"), "");
        file(classes.resolve(".hidden"), "");

        ProjectFacts facts = read();

        assertThat(facts.problems()).isEmpty();
        assertThat(facts.classes())
                .extracting(ProjectFile::relativePath)
                .containsExactly("com/acme/App.class", "com/acme/Zeta.class");
        assertThat(facts.resources())
                .extracting(ProjectFile::relativePath)
                .containsExactly(".hidden", "META-INF/native/größe.txt", "log.xml");
    }

    @Test
    void findsTheOneHandler() throws IOException {
        app();
        compile("com.acme.Base", "public abstract class Base " + HANDLER);

        assertThat(read().handler()).isEqualTo(new Found(Handler.parse("com.acme.App"), false));
    }

    @Test
    void findsAHandlerWhoseSuperclassIsInADependency() throws IOException {
        Path library = Compiled.into(
                root.resolve("library"),
                "lib.Base",
                "package lib; " + Compiled.IMPORTS + "public abstract class Base " + HANDLER);
        dependencies.add(dependency("g", Compiled.jar(root.resolve("lib-1.0.jar"), library)));
        Compiled.into(
                classes,
                17,
                List.of(library),
                "com.acme.App",
                "package com.acme; public class App extends lib.Base {}");

        assertThat(read().handler()).isEqualTo(new Found(Handler.parse("com.acme.App"), false));
        dependencies.clear();
        handler = Optional.of("com.acme.App");
        assertThat(handlerProblem()).isEqualTo("""
                        The class 'com.acme.App' needs 'lib.Base', which is neither in the project nor in its runtime dependencies.
                          Setting: <handler> (-Dlambda-container.handler)
                          Next: Give the dependency that holds it the scope 'compile' or 'runtime'.""");
    }

    @Test
    void namesSeveralHandlers() throws IOException {
        app();
        compile("com.acme.Other", "public class Other " + HANDLER);

        assertThat(handlerProblem()).isEqualTo("""
                        2 handlers were found: 'com.acme.App', 'com.acme.Other'.
                          Setting: <handler> (-Dlambda-container.handler)
                          Next: Name the one this image runs.""");
    }

    @Test
    void saysWhatComesCloseToAHandler() throws IOException {
        compile(
                "com.acme.Raw",
                "public class Raw implements RequestHandler {"
                        + " public Object handleRequest(Object in, Context c) { return in; }}");
        compile("com.acme.Pojo", "public class Pojo { public String greet(String in, Context c) { return in; }}");

        assertThat(handlerProblem()).isEqualTo("""
                        No handler was found: no class in 'target/classes' is public, has a public constructor without parameters and implements RequestHandler or RequestStreamHandler. The class 'com.acme.Raw' implements RequestHandler without concrete type arguments.
                          Setting: <handler> (-Dlambda-container.handler)
                          Next: Methods with a Context are not taken by themselves; name the one that is the handler: 'com.acme.Pojo::greet'.""");
    }

    @Test
    void saysThatThereIsNoHandlerAtAll() throws IOException {
        compile("com.acme.Empty", "public class Empty {}");

        assertThat(handlerProblem()).isEqualTo("""
                        No handler was found: no class in 'target/classes' is public, has a public constructor without parameters and implements RequestHandler or RequestStreamHandler.
                          Setting: <handler> (-Dlambda-container.handler)
                          Next: Name a class, such as 'com.acme.App', or a class and its method, such as 'com.acme.App::handle'. A module without a function sets the property lambda-container.skip to true in its pom.""");
    }

    @Test
    void asksForCompiledClasses() {
        assertThat(problems()).containsExactly("""
                        The project has no compiled classes in 'target/classes'.
                          Next: Run 'mvn package', or bind the goal to the phase 'package' so that classes are compiled before it.""");
    }

    @Test
    void takesAHandlerFromADependencyWhereTheProjectHasResourcesOnly() throws IOException {
        Path library = Compiled.into(
                root.resolve("library"), "lib.App", "package lib; " + Compiled.IMPORTS + "public class App " + HANDLER);
        dependencies.add(dependency("g", Compiled.jar(root.resolve("lib-1.0.jar"), library)));
        file(classes.resolve("log.xml"), "");
        handler = Optional.of("lib.App");

        assertThat(read().problems()).isEmpty();
        assertThat(read().handler()).isEqualTo(new Found(Handler.parse("lib.App"), true));
    }

    @Test
    void refusesPomAndWebProjects() {
        packaging = "pom";
        assertThat(problems()).containsExactly("""
                        The project has the packaging 'pom', so it has no classes to put into an image.
                          Setting: <skip> (-Dlambda-container.skip)
                          Next: Use the plugin in the module that holds the handler, and skip it here.""");
        packaging = "war";
        assertThat(problems()).containsExactly("""
                        The project has the packaging 'war', which the interface client cannot run.
                          Setting: <skip> (-Dlambda-container.skip)
                          Next: Move the handler and its classes to a module with the packaging 'jar' and use the plugin there.""");
    }

    @Test
    void namesADamagedClassFile() throws IOException {
        app();
        file(classes.resolve("com/acme/Cut.class"), "not a class");
        Files.write(
                classes.resolve("com/acme/Short.class"),
                new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 61, 0, 99, 1});

        assertThat(problems()).containsExactly("""
                        The class file 'target/classes/com/acme/Cut.class' is damaged.
                          Next: Run 'mvn clean package' to compile it again.""", """
                        The class file 'target/classes/com/acme/Short.class' is damaged.
                          Next: Run 'mvn clean package' to compile it again.""");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void followsLinksWithinTheBuildOnly() throws IOException {
        app();
        file(root.resolve("shared/a.txt"), "a");
        Files.createSymbolicLink(classes.resolve("inside"), root.resolve("shared"));
        Files.createSymbolicLink(classes.resolve("out.txt"), Path.of("/etc/hostname"));
        Files.createSymbolicLink(classes.resolve("gone.txt"), Path.of("nowhere"));
        Files.createSymbolicLink(classes.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(classes.resolve("me"), Path.of("."));
        Files.createSymbolicLink(classes.resolve("self"), Path.of("self"));

        ProjectFacts facts = read();

        assertThat(facts.resources()).extracting(ProjectFile::relativePath).containsExactly("inside/a.txt");
        assertThat(facts.problems())
                .extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "The symbolic link 'target/classes/out.txt' leads to '/etc/hostname',"
                                + " out of the build's directory '" + root + "'.",
                        "The symbolic link 'target/classes/gone.txt' leads to 'nowhere', which does not exist.",
                        "The symbolic link 'target/classes/up' leads to '..', which leads back to it.",
                        "The symbolic link 'target/classes/me' leads to '.', which leads back to it.",
                        "The symbolic link 'target/classes/self' leads to 'self', which leads back to it.");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusesNamesThatALayerCannotCarry() throws Exception {
        app();
        file(classes.resolve(".wh.config"), "");
        file(classes.resolve("two\nlines"), "");
        new ProcessBuilder("sh", "-c", "touch \"$(printf 'bad\\377name')\"; mkfifo pipe")
                .directory(classes.toFile())
                .start()
                .waitFor();

        assertThat(read().problems())
                .extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "The path 'target/classes/.wh.config' contains a name that begins with '.wh.'.",
                        "The path 'target/classes/two\\u000alines' contains a control character.",
                        "The name of 'target/classes/bad\\xffname' is not valid UTF-8.",
                        "'target/classes/pipe' is neither a file nor a directory.");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void saysWhatToDoAboutNamesAndLinks() throws Exception {
        app();
        file(classes.resolve("two\nlines"), "");
        Files.createSymbolicLink(classes.resolve("out.txt"), Path.of("/etc/hostname"));
        new ProcessBuilder("sh", "-c", "touch \"$(printf 'bad\\377name')\"")
                .directory(classes.toFile())
                .start()
                .waitFor();

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "The symbolic link 'target/classes/out.txt' leads to '/etc/hostname', out of the build's"
                                + " directory '" + root + "'.\n  Next: Replace the link by a copy of what it leads to.",
                        "The path 'target/classes/two\\u000alines' contains a control character.\n  Next: Rename it.",
                        "The name of 'target/classes/bad\\xffname' is not valid UTF-8.\n  Next: Rename it.");
    }

    @Test
    void givesExtraFilesTheirTargetAndMode() throws IOException {
        app();
        file(base.resolve("extra/bin/tool"), "");
        file(base.resolve("extra/readme"), "");
        assertThat(base.resolve("extra/readme").toFile().setExecutable(true)).isTrue();
        extra.add(new ExtraDirectory(base.resolve("extra"), "/opt/"));
        permissions.put("/opt/bin/*", 0755);
        permissions.put("/opt/**", 0600);
        permissions.put("/opt/readme", 0777);

        assertThat(read().extraFiles())
                .extracting(ExtraFile::target, ExtraFile::mode)
                .containsExactly(tuple("/opt/bin/tool", 0755), tuple("/opt/readme", 0600));
    }

    @Test
    void namesWhatIsWrongWithExtraDirectories() throws IOException {
        app();
        file(base.resolve("a/x"), "");
        file(base.resolve("b/x"), "");
        extra.add(new ExtraDirectory(base.resolve("a"), "/"));
        extra.add(new ExtraDirectory(base.resolve("b"), "/"));
        extra.add(new ExtraDirectory(base.resolve("c"), "/"));
        extra.add(new ExtraDirectory(base.resolve("a"), "opt"));
        extra.add(new ExtraDirectory(base.resolve("a"), "/opt/../etc"));
        permissions.put("/opt/{a", 0755);

        assertThat(problems()).containsExactly("""
                        The pattern '/opt/{a' is not a valid glob.
                          Setting: <extraDirectories><permissions> (-Dlambda-container.extraDirectories.permissions)
                          Next: Write a glob of absolute paths, such as '/opt/bin/*'.""", """
                        The extra files 'a/x' and 'b/x' both go to '/x'.
                          Setting: <extraDirectories><paths> (-Dlambda-container.extraDirectories.paths)
                          Next: Remove one of them.""", """
                        The extra directory 'c' does not exist.
                          Setting: <extraDirectories><paths> (-Dlambda-container.extraDirectories.paths)
                          Next: Make it or correct its path.""", """
                        The path 'opt' in the image is not an absolute path without '.' and '..'.
                          Setting: <extraDirectories><paths> (-Dlambda-container.extraDirectories.paths)
                          Next: Write a path such as '/opt'.""", """
                        The path '/opt/../etc' in the image is not an absolute path without '.' and '..'.
                          Setting: <extraDirectories><paths> (-Dlambda-container.extraDirectories.paths)
                          Next: Write a path such as '/opt'.""");
    }

    @Test
    void packsAReactorModuleToTheSameBytesWheneverItIsRead() throws IOException {
        app();
        Path module = root.resolve("core/target/classes");
        file(module.resolve("b/B.txt"), "b");
        file(module.resolve("META-INF/MANIFEST.MF"), "Manifest-Version: 1.0\n");
        file(module.resolve("A.txt"), "a");
        dependencies.add(new Dependency("com.acme", "core", "1-SNAPSHOT", "", module, Origin.REACTOR));

        Path jar = read().dependencies().get(0).path();
        byte[] first = Files.readAllBytes(jar);
        Object key = Files.readAttributes(jar, BasicFileAttributes.class).fileKey();
        assertThat(jar).isEqualTo(base.resolve("target/work/modules/com.acme/core-1-SNAPSHOT.jar"));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.stream().map(e -> e.getName()))
                    .containsExactly("META-INF/", "META-INF/MANIFEST.MF", "A.txt", "b/", "b/B.txt");
        }

        Files.setLastModifiedTime(module.resolve("A.txt"), FileTime.fromMillis(0));
        assertThat(read().dependencies().get(0).path()).hasBinaryContent(first);
        assertThat(Files.readAttributes(jar, BasicFileAttributes.class).fileKey())
                .isEqualTo(key);
        file(module.resolve("A.txt"), "changed");
        read();
        assertThat(Files.readAllBytes(jar)).isNotEqualTo(first);
        assertThat(jar.getParent().toFile().list()).containsExactly("core-1-SNAPSHOT.jar");
    }

    @Test
    void namesMissingAndDamagedDependencies() throws IOException {
        app();
        Path damaged = file(root.resolve("damaged-1.0.jar"), "not a jar");
        Path missing = root.resolve("missing-1.0.jar");
        dependencies.add(new Dependency("g", "damaged", "1.0", "", damaged, Origin.RELEASE));
        dependencies.add(new Dependency("g", "missing", "1.0", "", missing, Origin.RELEASE));
        dependencies.add(new Dependency("g", "module", "1.0", "", root.resolve("module"), Origin.REACTOR));

        assertThat(problems())
                .containsExactly(
                        "The dependency 'g:missing' is missing: '" + missing + "' does not exist.\n"
                                + "  Next: Run Maven with '-U' to resolve it again.",
                        "The dependency 'g:module' is missing: '" + root.resolve("module") + "' does not exist.\n"
                                + "  Next: Build its module too, with 'mvn package' in the directory of the whole"
                                + " build or with '-am'.",
                        "The dependency 'g:damaged' is not a readable jar: '" + damaged + "'.\n"
                                + "  Next: Delete the file and run Maven again, so that it is resolved or built anew.");
    }

    @Test
    void tellsTheNewestClassWithoutMultiReleaseEntries() throws IOException {
        app();
        assertThat(read().newestClass()).contains(new ClassVersion(17, "com.acme.App in target/classes"));

        dependencies.add(dependency(
                "g",
                Compiled.jar(
                        root.resolve("foo-1.0.jar"),
                        "module-info.class",
                        Compiled.header(25),
                        "META-INF/versions/25/x/Y.class",
                        Compiled.header(25),
                        "x/Y.class",
                        Compiled.header(21),
                        "x/X.class",
                        Compiled.header(21))));
        assertThat(read().newestClass()).contains(new ClassVersion(21, "x.X in foo-1.0.jar"));
    }

    @Test
    void tellsClassesWithPreviewFeatures() throws IOException {
        app();
        String preview = "\u00ca\u00fe\u00ba\u00be\u00ff\u00ff\0" + (char) (17 + 44);
        dependencies.add(dependency("g", Compiled.jar(root.resolve("foo-1.0.jar"), "x/X.class", preview)));

        assertThat(read().newestClass()).contains(new ClassVersion(17, true, "x.X in foo-1.0.jar"));
        assertThat(problems()).isEmpty();

        dependencies.add(dependency("h", Compiled.jar(root.resolve("bar-1.0.jar"), "y/Y.class", Compiled.header(21))));
        assertThat(problems())
                .containsExactly("x.X in foo-1.0.jar uses preview features of Java 17, which no other Java runs, and"
                        + " y.Y in bar-1.0.jar needs Java 21.\n  Next: Compile it without '--enable-preview'.");
    }

    @Test
    void findsClassesThatDifferBetweenDependencies() throws IOException {
        app();
        Dependency a = dependency("a", Compiled.jar(root.resolve("a.jar"), "p/X.class", "1", "p/Y.class", "1"));
        Dependency b = dependency("b", Compiled.jar(root.resolve("b.jar"), "p/X.class", "1", "p/Y.class", "2"));
        Dependency c = dependency(
                "c",
                Compiled.jar(
                        root.resolve("c.jar"),
                        "p/Y.class",
                        "2",
                        "p/X.class",
                        "3",
                        "p/package-info.class",
                        "4",
                        "p/x",
                        ""));
        dependencies.addAll(List.of(c, a, b));

        assertThat(read().clashes())
                .containsExactly(
                        new ClassClash(c, a, List.of("p.X", "p.Y")),
                        new ClassClash(c, b, List.of("p.X")),
                        new ClassClash(a, b, List.of("p.Y")));
    }

    @Test
    void takesTheJarWithPlainClasses() throws IOException {
        app();
        Path jar = Compiled.jar(base.resolve("target/app.jar"), "com/acme/App.class", "");
        assertThat(read().jar()).isEmpty();
        artifact = Optional.of(jar);
        assertThat(read().jar()).contains(jar);

        Compiled.jar(jar, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nSpring-Boot-Version: 3.4.0\n");
        assertThat(read().jar()).isEmpty();
        Path original = file(base.resolve("target/app.jar.original"), "");
        assertThat(read().jar()).contains(original);

        Path unshaded = file(base.resolve("target/original-app.jar"), "");
        assertThat(read().jar()).contains(unshaded);
    }
}
