package io.github.lambdacontainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the README shows is what the tests run. */
class ReadmeTest {

    private static final Pattern XML =
            Pattern.compile("(?:<!-- (\\S+pom\\.xml) -->\\n)?```xml\\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    List<DynamicTest> everyXmlComesFromAPomThatTheTestsBuild() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Matcher xml = XML.matcher(Files.readString(Path.of("README.md")));
        while (xml.find()) {
            String pom = String.valueOf(xml.group(1));
            String shown = xml.group(2);
            tests.add(DynamicTest.dynamicTest(
                    pom,
                    () -> assertThat(folded(Files.readString(Path.of(pom)))).contains(folded(shown))));
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(3);
        return tests;
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        Matcher links = Pattern.compile("\\]\\((?!https?:)([^)#]+)").matcher(Files.readString(Path.of("README.md")));
        List<Path> linked = new ArrayList<>();
        while (links.find()) {
            linked.add(Path.of(links.group(1)));
        }
        assertThat(linked).isNotEmpty().allSatisfy(file -> assertThat(file).exists());
    }

    @TestFactory
    List<DynamicTest> everyTestThatThePageOnReliabilityNamesIsThere() throws IOException {
        Map<String, Path> classes = new HashMap<>();
        try (Stream<Path> tree = Files.walk(Path.of("src/test/java"))) {
            tree.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> classes.put(file.getFileName().toString().replace(".java", ""), file));
        }
        return Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`")
                .matcher(Files.readString(Path.of("docs/reliability.md")))
                .results()
                .map(name -> DynamicTest.dynamicTest(name.group(), () -> {
                    assertThat(classes).containsKey(name.group(1));
                    assertThat(Files.readString(classes.get(name.group(1))))
                            .contains(name.group(2) == null ? "class " + name.group(1) : "void " + name.group(2) + "(");
                }))
                .toList();
    }

    @Test
    void everyFileThatThePageOnCiShowsIsWellFormed() throws IOException {
        Map<String, ObjectMapper> readers =
                Map.of("json", new ObjectMapper(), "yaml", new ObjectMapper(new YAMLFactory()));
        Matcher blocks = Pattern.compile("```(json|yaml)\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/ci.md")));
        int count = 0;
        while (blocks.find()) {
            assertThat(readers.get(blocks.group(1)).readTree(blocks.group(2)).isObject())
                    .isTrue();
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(5);
    }

    @Test
    void nothingIsLeftToBeFilledIn() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).doesNotContain("<!-- pom:", "<!-- console", "<!-- bench");
    }

    private static String folded(String xml) {
        return xml.lines().map(String::strip).reduce("", String::concat);
    }
}
