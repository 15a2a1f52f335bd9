package io.github.lambdacontainer.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Classes and jars made by tests from source. */
final class Compiled {

    private Compiled() {}

    /** Compiles sources, given by file name such as {@code a/B.java}, into a directory of classes. */
    static Path classes(Path directory, Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "--release", "17", "-d", classes.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve("sources").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("The sources of this test do not compile");
        }
        return classes;
    }

    static Path jar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (FileTrees.TreeFile file : FileTrees.files(classes)) {
                out.putNextEntry(new ZipEntry(file.name()));
                Files.copy(file.path(), out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
