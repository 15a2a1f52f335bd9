package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.JarContents.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the class entries of jars: of each only what the jar's directory says and the version at its start, and that only
 * of jars that are not remembered, for it is the larger part of the work.
 *
 * @param memory remembers the newest version of each jar
 */
record JarScanner(JarMemory memory) {

    /** The classes of each jar, in the order of the dependencies. */
    List<JarContents> scan(List<Dependency> dependencies) {
        return dependencies.parallelStream().map(this::scan).toList();
    }

    /** The classes of a jar, none where the jar cannot be read. */
    JarContents scan(Dependency dependency) {
        try (ZipFile jar = new ZipFile(dependency.path().toFile())) {
            return scan(dependency, jar);
        } catch (IOException | IllegalArgumentException e) {
            Problem problem = Files.isReadable(dependency.path())
                    ? ProjectProblems.damagedJar(dependency)
                    : ProjectProblems.unreadableDependency(dependency);
            return new JarContents(dependency, Map.of(), Optional.empty(), Optional.of(problem));
        }
    }

    private JarContents scan(Dependency dependency, ZipFile jar) throws IOException {
        Map<String, Stamp> classes = new HashMap<>();
        for (ZipEntry entry : Collections.list(jar.entries())) {
            if (ClassNames.isClass(entry.getName())) {
                classes.put(entry.getName(), new Stamp(entry.getCrc(), entry.getSize()));
            }
        }
        return new JarContents(
                dependency, classes, newest(dependency, jar).map(found -> found.in(dependency)), Optional.empty());
    }

    private Optional<Versioned> newest(Dependency dependency, ZipFile jar) throws IOException {
        Optional<Optional<Versioned>> known =
                memory.read(dependency.path()).flatMap(text -> Versioned.parse(text, jar));
        if (known.isPresent()) {
            return known.get();
        }
        Versioned newest = null;
        for (ZipEntry entry : Collections.list(jar.entries())) {
            if (ClassNames.isClass(entry.getName())) {
                newest = newer(newest, Versioned.of(entry.getName(), header(jar, entry)));
            }
        }
        memory.write(dependency.path(), newest == null ? Versioned.NONE : newest.text());
        return Optional.ofNullable(newest);
    }

    private static byte[] header(ZipFile jar, ZipEntry entry) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            return content.readNBytes(ClassFile.HEADER);
        }
    }

    private static @Nullable Versioned newer(@Nullable Versioned first, @Nullable Versioned other) {
        boolean stays = other == null || (first != null && Versioned.ORDER.compare(first, other) > 0);
        return stays ? first : other;
    }

    /** The version of one entry; jars have thousands of them, so a place to name is made only of the newest. */
    private record Versioned(String entry, int feature, boolean preview) {

        /** Of equally new ones, the first by name is taken. */
        private static final Comparator<Versioned> ORDER = Comparator.comparingInt(Versioned::feature)
                .thenComparing(Versioned::preview)
                .thenComparing(Versioned::entry, Comparator.reverseOrder());

        /** What is remembered of a jar without classes. */
        private static final String NONE = "none";

        private static final Pattern TEXT = Pattern.compile("(\\d{1,3}) (true|false) (.+)");

        String text() {
            return feature + " " + preview + " " + entry;
        }

        /** Nothing if the text is none that was written of this jar. */
        static Optional<Optional<Versioned>> parse(String text, ZipFile jar) {
            if (text.equals(NONE)) {
                return Optional.of(Optional.empty());
            }
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches() || jar.getEntry(parts.group(3)) == null) {
                return Optional.empty();
            }
            return Optional.of(Optional.of(new Versioned(
                    parts.group(3), Integer.parseInt(parts.group(1)), Boolean.parseBoolean(parts.group(2)))));
        }

        static @Nullable Versioned of(String entry, byte[] header) {
            return ClassFile.feature(header)
                    .map(feature -> new Versioned(entry, feature, ClassFile.isPreview(header)))
                    .orElse(null);
        }

        ClassVersion in(Dependency dependency) {
            return new ClassVersion(
                    feature,
                    preview,
                    ClassNames.binary(entry) + " in " + dependency.path().getFileName());
        }
    }
}
