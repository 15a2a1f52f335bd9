package io.github.lambdacontainer.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.project.Dependency.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of jars. */
class JarScannerTest implements JarMemory {

    /** The start of a class file, whose bytes 6 and 7 are its version. */
    private static final String HEADER = "\u00ca\u00fe\u00ba\u00be\0\0\0";

    private final Map<Path, String> remembered = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    private Dependency jar;

    @BeforeEach
    void write() throws IOException {
        jar = jar("foo", "x/Old.class", HEADER + (char) 55, "x/New.class", HEADER + (char) 65, "x.txt", "");
    }

    private Dependency jar(String name, String... entries) throws IOException {
        Path file = Compiled.jar(directory.resolve(name + "-1.0.jar"), entries);
        return new Dependency("com.acme", name, "1.0", "", file, Origin.RELEASE);
    }

    @Override
    public Optional<String> read(Path path) {
        return Optional.ofNullable(remembered.get(path));
    }

    @Override
    public void write(Path path, String text) {
        remembered.put(path, text);
    }

    private JarContents scan() {
        return new JarScanner(this).scan(jar);
    }

    @Test
    void remembersTheNewestClassAndReadsNoneAgain() {
        JarContents first = scan();

        assertThat(first.newest()).contains(new ClassVersion(21, "x.New in foo-1.0.jar"));
        assertThat(first.classes()).containsOnlyKeys("x/Old.class", "x/New.class");
        assertThat(remembered).containsExactly(Map.entry(jar.path(), "21 false x/New.class"));
        assertThat(scan()).isEqualTo(first);

        remembered.put(jar.path(), "17 true x/Old.class");
        assertThat(scan().newest()).contains(new ClassVersion(17, true, "x.Old in foo-1.0.jar"));
    }

    @Test
    void remembersThatAJarHasNoClasses() throws IOException {
        jar = jar("bar", "a.txt", "");

        assertThat(scan().newest()).isEmpty();
        assertThat(remembered).containsValue("none");
        assertThat(scan().newest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "21", "21 false ", "21 false x/Gone.class", "new false x/New.class", "9999 false x/New.class"
            })
    void findsOutAgainWhatIsNotOfThisJar(String text) {
        remembered.put(jar.path(), text);

        assertThat(scan().newest()).contains(new ClassVersion(21, "x.New in foo-1.0.jar"));
        assertThat(remembered).containsValue("21 false x/New.class");
    }

    @Test
    void remembersNothingOfAJarThatCannotBeRead() {
        Dependency missing =
                new Dependency("com.acme", "gone", "1.0", "", directory.resolve("gone-1.0.jar"), Origin.RELEASE);

        assertThat(new JarScanner(this).scan(List.of(missing)).get(0).problem()).isPresent();
        assertThat(remembered).isEmpty();
    }
}
