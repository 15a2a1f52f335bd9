package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/** Finds what classes declare: of the project, then of its dependencies in Maven's order, then of the JDK. */
final class ClassPath {

    private final Map<String, Path> project = new TreeMap<>();
    private final Map<String, Path> jars = new HashMap<>();
    private final Map<String, Optional<ClassInfo>> found = new HashMap<>();

    ClassPath(List<ProjectFile> classes, List<JarContents> dependencies) {
        for (ProjectFile file : classes) {
            if (ClassNames.isClass(file.relativePath())) {
                project.put(ClassNames.binary(file.relativePath()), file.source());
            }
        }
        for (JarContents jar : dependencies) {
            jar.classes()
                    .keySet()
                    .forEach(entry -> jars.putIfAbsent(
                            ClassNames.binary(entry), jar.dependency().path()));
        }
    }

    /** Binary names of the project's classes, sorted. */
    List<String> projectClasses() {
        return List.copyOf(project.keySet());
    }

    /** Class files of the project that cannot be read as such. */
    List<Path> damaged() {
        return project.entrySet().stream()
                .filter(e -> find(e.getKey()).isEmpty())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Whether the project or a dependency holds the class. */
    boolean holds(String binaryName) {
        return project.containsKey(binaryName) || jars.containsKey(binaryName);
    }

    /** What the class with a binary name declares, if it is found and whole. */
    Optional<ClassInfo> find(String binaryName) {
        Optional<ClassInfo> known = found.get(binaryName);
        if (known == null) {
            known = bytes(binaryName).flatMap(ClassFile::read);
            found.put(binaryName, known);
        }
        return known;
    }

    private Optional<byte[]> bytes(String binaryName) {
        Path file = project.get(binaryName);
        Path jar = jars.get(binaryName);
        try {
            if (file != null) {
                return Optional.of(Files.readAllBytes(file));
            }
            return jar != null ? fromJar(jar, ClassNames.path(binaryName)) : fromJdk(ClassNames.path(binaryName));
        } catch (IOException e) {
            throw new EnvironmentFailure(
                    ProjectProblems.notRead(file != null ? file : jar != null ? jar : Path.of(binaryName), e), e);
        }
    }

    private static Optional<byte[]> fromJar(Path path, String entry) throws IOException {
        try (ZipFile jar = new ZipFile(path.toFile());
                InputStream content = jar.getInputStream(jar.getEntry(entry))) {
            return Optional.of(content.readAllBytes());
        }
    }

    private static Optional<byte[]> fromJdk(String path) throws IOException {
        try (InputStream content = ClassLoader.getPlatformClassLoader().getResourceAsStream(path)) {
            return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
        }
    }
}
