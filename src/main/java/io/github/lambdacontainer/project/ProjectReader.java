package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.HandlerFinding.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what the Maven project contributes to the image. What is wrong with the project is collected into the facts;
 * only a machine that fails to read or write ends the reading, with an {@link EnvironmentFailure}.
 */
public final class ProjectReader {

    private static final String TASK_ROOT = "/var/task/";

    private final JarMemory jars;

    /** A reader that remembers nothing. */
    public ProjectReader() {
        this(JarMemory.NONE);
    }

    /** A reader that remembers here what it finds out about jars. */
    public ProjectReader(JarMemory jars) {
        this.jars = jars;
    }

    /** Reads the project, and packs its unpackaged reactor modules below the work directory. */
    public ProjectFacts read(ProjectInput input) {
        return new Reading(input, new JarScanner(jars)).facts();
    }

    /** One reading, with the problems it meets. */
    private static final class Reading {
        private final ProjectInput input;
        private final JarScanner scanner;
        private final Shown shown;
        private final List<Problem> problems = new ArrayList<>();
        private final FileTree tree;

        Reading(ProjectInput input, JarScanner scanner) {
            this.input = input;
            this.scanner = scanner;
            this.shown = new Shown(input.baseDirectory());
            this.tree = new FileTree(input.rootDirectory(), shown, problems);
        }

        ProjectFacts facts() {
            Optional<Problem> packaging = packaging();
            if (packaging.isPresent()) {
                return unfit(packaging.get());
            }
            List<ProjectFile> files = projectFiles();
            List<ProjectFile> classes =
                    files.stream().filter(Reading::isClassFile).toList();
            List<Dependency> dependencies = input.dependencies().stream()
                    .flatMap(d -> present(d).stream())
                    .toList();
            List<JarContents> jars = scanner.scan(dependencies);
            jars.forEach(jar -> jar.problem().ifPresent(problems::add));
            Optional<ClassVersion> newest = newest(classes, jars);
            return new ProjectFacts(
                    classes,
                    files.stream().filter(f -> !isClassFile(f)).toList(),
                    input.artifact().flatMap(ProjectJar::plain),
                    dependencies,
                    new ExtraFiles(tree, shown, problems, input.permissions()).read(input.extraDirectories()),
                    handler(files, classes, jars),
                    newest,
                    Clashes.between(jars),
                    List.copyOf(problems));
        }

        private Optional<Problem> packaging() {
            return switch (input.packaging()) {
                case "pom" -> Optional.of(ProjectProblems.pomPackaging());
                case "war", "ear" -> Optional.of(ProjectProblems.webPackaging(input.packaging()));
                default -> Optional.empty();
            };
        }

        private static ProjectFacts unfit(Problem problem) {
            return new ProjectFacts(
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    new Unusable(List.of()),
                    Optional.empty(),
                    List.of(),
                    List.of(problem));
        }

        private List<ProjectFile> projectFiles() {
            List<ProjectFile> files = tree.list(input.classesDirectory());
            for (ProjectFile file : files) {
                FileNames.check(TASK_ROOT + file.relativePath(), shown.path(file.source()))
                        .ifPresent(problems::add);
            }
            return files;
        }

        private static boolean isClassFile(ProjectFile file) {
            return file.relativePath().endsWith(".class");
        }

        private Optional<Dependency> present(Dependency dependency) {
            if (!Files.exists(dependency.path())) {
                problems.add(ProjectProblems.missingDependency(dependency));
                return Optional.empty();
            }
            return Optional.of(
                    Files.isDirectory(dependency.path())
                            ? new ModuleJars(input.workDirectory().resolve("modules"))
                                    .pack(dependency, tree.list(dependency.path()))
                            : dependency);
        }

        private HandlerFinding handler(List<ProjectFile> files, List<ProjectFile> classes, List<JarContents> jars) {
            boolean mayBeElsewhere = input.configuredHandler().isPresent() && !files.isEmpty();
            if (classes.isEmpty() && !mayBeElsewhere) {
                problems.add(ProjectProblems.noClasses(shown.path(input.classesDirectory())));
                return new Unusable(List.of(), input.configuredHandler().isEmpty());
            }
            ClassPath classPath = new ClassPath(classes, jars);
            classPath.damaged().forEach(file -> problems.add(ProjectProblems.damagedClass(shown.path(file))));
            return new HandlerSearch(classPath).find(input.configuredHandler(), shown.path(input.classesDirectory()));
        }

        private Optional<ClassVersion> newest(List<ProjectFile> classes, List<JarContents> jars) {
            List<ClassVersion> versions = Stream.concat(
                            classes.stream().flatMap(c -> version(c).stream()),
                            jars.stream().flatMap(j -> j.newest().stream()))
                    .toList();
            Optional<ClassVersion> newest = versions.stream().reduce(ClassVersion::newer);
            newest.ifPresent(n -> versions.stream()
                    .filter(v -> v.preview() && v.feature() < n.feature())
                    .findFirst()
                    .ifPresent(v -> problems.add(ProjectProblems.previewBesideNewer(v, n))));
            return newest;
        }

        private Optional<ClassVersion> version(ProjectFile file) {
            if (!ClassNames.isClass(file.relativePath())) {
                return Optional.empty();
            }
            byte[] header = header(file);
            return ClassFile.feature(header)
                    .map(f -> new ClassVersion(
                            f,
                            ClassFile.isPreview(header),
                            ClassNames.binary(file.relativePath()) + " in " + shown.path(input.classesDirectory())));
        }

        private static byte[] header(ProjectFile file) {
            try (InputStream content = Files.newInputStream(file.source())) {
                return content.readNBytes(ClassFile.HEADER);
            } catch (IOException e) {
                throw new EnvironmentFailure(ProjectProblems.notRead(file.source(), e), e);
            }
        }
    }
}
