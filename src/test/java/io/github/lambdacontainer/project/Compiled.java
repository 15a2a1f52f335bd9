package io.github.lambdacontainer.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes and jars that tests compile for themselves. */
final class Compiled {

    static final String IMPORTS =
            "import com.amazonaws.services.lambda.runtime.*; import java.io.*; import java.util.*;";

    private Compiled() {}

    /** Compiles sources, each named by its top-level class, into a directory. */
    static Path into(Path directory, int release, List<Path> classPath, String... namesAndSources) throws IOException {
        Files.createDirectories(directory);
        List<JavaFileObject> sources = new ArrayList<>();
        for (int i = 0; i < namesAndSources.length; i += 2) {
            sources.add(new Source(namesAndSources[i], namesAndSources[i + 1]));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String path = classPath.stream()
                .map(Path::toString)
                .reduce(System.getProperty("java.class.path"), (a, b) -> a + System.getProperty("path.separator") + b);
        List<String> options = Arrays.asList(
                "-proc:none", "-nowarn", "--release", "" + release, "-classpath", path, "-d", directory.toString());
        StringWriter output = new StringWriter();
        boolean compiled =
                compiler.getTask(output, null, null, options, null, sources).call();
        assertThat(compiled).as(output.toString()).isTrue();
        return directory;
    }

    /** Compiles sources with the classes of this test run. */
    static Path into(Path directory, String... namesAndSources) throws IOException {
        return into(directory, 17, List.of(), namesAndSources);
    }

    /** A jar with entries, given as names and texts. */
    static Path jar(Path jar, String... namesAndTexts) throws IOException {
        Files.createDirectories(jar.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                put(zip, namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return jar;
    }

    /** A jar of the files below a directory. */
    static Path jar(Path jar, Path directory) throws IOException {
        Files.createDirectories(jar.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                put(zip, directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    /** The first bytes of a class file for a Java feature version, as text of single bytes. */
    static String header(int feature) {
        return "\u00ca\u00fe\u00ba\u00be\0\0\0" + (char) (feature + 44);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
