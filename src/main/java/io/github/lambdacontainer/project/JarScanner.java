package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.JarContents.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads the class entries of jars: of each only what the jar's directory says and the version at its start. */
final class JarScanner {

    private JarScanner() {}

    /** The classes of each jar, in the order of the dependencies. */
    static List<JarContents> scan(List<Dependency> dependencies) {
        return dependencies.parallelStream().map(JarScanner::scan).toList();
    }

    /** The classes of a jar, none where the jar cannot be read. */
    static JarContents scan(Dependency dependency) {
        try (ZipFile jar = new ZipFile(dependency.path().toFile())) {
            return scan(dependency, jar);
        } catch (IOException | IllegalArgumentException e) {
            Problem problem = Files.isReadable(dependency.path())
                    ? ProjectProblems.damagedJar(dependency)
                    : ProjectProblems.unreadableDependency(dependency);
            return new JarContents(dependency, Map.of(), Optional.empty(), Optional.of(problem));
        }
    }

    private static JarContents scan(Dependency dependency, ZipFile jar) throws IOException {
        Map<String, Stamp> classes = new HashMap<>();
        Optional<ClassVersion> newest = Optional.empty();
        for (ZipEntry entry : Collections.list(jar.entries())) {
            if (!ClassNames.isClass(entry.getName())) {
                continue;
            }
            classes.put(entry.getName(), new Stamp(entry.getCrc(), entry.getSize()));
        }
        for (String entry : new TreeSet<>(classes.keySet())) {
            newest = Stream.concat(newest.stream(), version(dependency, jar, entry).stream())
                    .reduce(ClassVersion::newer);
        }
        return new JarContents(dependency, classes, newest, Optional.empty());
    }

    private static Optional<ClassVersion> version(Dependency dependency, ZipFile jar, String entry) throws IOException {
        byte[] header;
        try (InputStream content = jar.getInputStream(jar.getEntry(entry))) {
            header = content.readNBytes(ClassFile.HEADER);
        }
        String location = ClassNames.binary(entry) + " in " + dependency.path().getFileName();
        return ClassFile.feature(header).map(f -> new ClassVersion(f, ClassFile.isPreview(header), location));
    }
}
