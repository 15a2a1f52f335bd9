package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarFile;

/** The runtime interface client that the build has put into {@code target/interface-client}. */
final class InterfaceClient {

    private static final String ARCHITECTURE = architecture();

    private InterfaceClient() {}

    static List<Path> jars() {
        try (var files = Files.list(It.target().resolve("interface-client"))) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.toString().contains("-linux-")
                            || file.toString().contains(ARCHITECTURE))
                    .sorted()
                    .toList();
            if (jars.size() != 5) {
                throw new AssertionError("Expected five jars of the interface client: " + jars);
            }
            return jars;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unpacks the client's native library. */
    static Path nativeLibrary() {
        String name = "libaws-lambda-jni.linux-" + ARCHITECTURE + ".so";
        Path client = jars().stream()
                .filter(jar -> jar.getFileName().toString().contains("interface-client"))
                .findFirst()
                .orElseThrow();
        try (JarFile jar = new JarFile(client.toFile());
                InputStream library = jar.getInputStream(jar.getEntry("jni/" + name))) {
            Path file = Files.createDirectories(It.target().resolve("interface-client"))
                    .resolve(name);
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    }
}
