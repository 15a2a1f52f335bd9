package io.github.lambdacontainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    @Test
    void nothingIsLeftToBeFilledIn() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).doesNotContain("<!-- pom:", "<!-- console", "<!-- bench");
    }

    private static String folded(String xml) {
        return xml.lines().map(String::strip).reduce("", String::concat);
    }
}
