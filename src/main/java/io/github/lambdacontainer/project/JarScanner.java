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
        int newest = 0;
        String newestEntry = "";
        for (ZipEntry entry : Collections.list(jar.entries())) {
            if (!ClassNames.isClass(entry.getName())) {
                continue;
            }
            classes.put(entry.getName(), new Stamp(entry.getCrc(), entry.getSize()));
            int feature = feature(jar, entry);
            if (feature > newest || (feature == newest && entry.getName().compareTo(newestEntry) < 0)) {
                newest = feature;
                newestEntry = entry.getName();
            }
        }
        return new JarContents(dependency, classes, version(dependency, newest, newestEntry), Optional.empty());
    }

    private static int feature(ZipFile jar, ZipEntry entry) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            return ClassFile.feature(content.readNBytes(ClassFile.HEADER)).orElse(0);
        }
    }

    private static Optional<ClassVersion> version(Dependency dependency, int feature, String entry) {
        return feature == 0
                ? Optional.empty()
                : Optional.of(new ClassVersion(
                        feature,
                        ClassNames.binary(entry) + " in " + dependency.path().getFileName()));
    }
}
