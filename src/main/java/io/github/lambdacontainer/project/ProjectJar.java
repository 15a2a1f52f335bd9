package io.github.lambdacontainer.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Finds the project's own jar with plain classes. Spring Boot and the Maven Shade plugin put another jar in its place
 * and leave the first one beside it, as {@code app.jar.original} and {@code original-app.jar}.
 */
final class ProjectJar {

    private ProjectJar() {}

    /** The jar with plain classes that belongs to a packaged artifact. */
    static Optional<Path> plain(Path artifact) {
        String name = String.valueOf(artifact.getFileName());
        if (!name.endsWith(".jar") || !Files.isRegularFile(artifact)) {
            return Optional.empty();
        }
        Path unshaded = artifact.resolveSibling("original-" + name);
        if (Files.isRegularFile(unshaded)) {
            return Optional.of(unshaded);
        }
        try (JarFile jar = new JarFile(artifact.toFile(), false)) {
            return isSpringBoot(jar)
                    ? Optional.of(artifact.resolveSibling(name + ".original")).filter(Files::isRegularFile)
                    : Optional.of(artifact);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isSpringBoot(JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String mainClass = main.getValue(Attributes.Name.MAIN_CLASS);
        return main.getValue("Spring-Boot-Version") != null
                || (mainClass != null && mainClass.startsWith("org.springframework.boot.loader."))
                || jar.getEntry("BOOT-INF/") != null;
    }
}
