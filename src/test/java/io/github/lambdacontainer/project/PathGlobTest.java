package io.github.lambdacontainer.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PathGlobTest {

    @Property(tries = 5000)
    void meansWhatJavaMeansOnLinux(@ForAll("globs") String glob, @ForAll("paths") String path) {
        assertThat(PathGlob.parse(glob).map(g -> g.matches(path))).isEqualTo(byJava(glob, path));
    }

    @Example
    void knowsTheForms() {
        for (String glob : List.of(
                "/opt/bin/*",
                "/opt/**",
                "/**/*.sh",
                "/opt/?",
                "/opt/{a,b}/c",
                "/opt/[a-c]",
                "/opt/[!a-c]",
                "/opt/\\*",
                "/opt/{a",
                "/opt/[a",
                "/opt/{a,{b}}",
                "/opt/\\",
                "/opt/a.b",
                "/opt/}",
                "/opt/a,b",
                "/opt/[a/b]")) {
            for (String path : List.of(
                    "/opt/bin/x",
                    "/opt/bin/x/y",
                    "/a/b.sh",
                    "/b.sh",
                    "/opt/a",
                    "/opt/z",
                    "/opt/a/c",
                    "/opt/*",
                    "/opt/axb",
                    "/opt/}",
                    "/opt/a,b",
                    "/opt/-")) {
                assertThat(PathGlob.parse(glob).map(g -> g.matches(path)))
                        .as(glob + " on " + path)
                        .isEqualTo(byJava(glob, path));
            }
        }
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.of("/", "a", "b", ".", "*", "**", "?", "[ab]", "[!a]", "[a-c]", "{", "}", ",", "\\", "-")
                .list()
                .ofMaxSize(7)
                .map(parts -> "/" + String.join("", parts));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings()
                .withChars("ab.-,}*")
                .ofMinLength(1)
                .ofMaxLength(3)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(names -> "/" + String.join("/", names));
    }

    private static Optional<Boolean> byJava(String glob, String path) {
        FileSystem linux = FileSystems.getDefault();
        Assume.that(linux.getSeparator().equals("/"));
        try {
            return Optional.of(linux.getPathMatcher("glob:" + glob).matches(Path.of(path)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
