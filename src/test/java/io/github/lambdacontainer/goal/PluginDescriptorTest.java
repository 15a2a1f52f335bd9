package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Holds the generated plugin.xml, the settings' javadoc and the README's parameter reference together. */
class PluginDescriptorTest {

    private static final Path DESCRIPTOR = Path.of("target/classes/META-INF/maven/plugin.xml");
    private static final Path GOALS = Path.of("src/main/java/io/github/lambdacontainer/goal");

    private record Parameter(
            String goal, String name, String type, String description, String property, String standard) {

        boolean isGroup() throws ClassNotFoundException {
            return type.startsWith("io.github.lambdacontainer.")
                    && Options.Group.class.isAssignableFrom(Class.forName(type));
        }
    }

    @TestFactory
    List<DynamicTest> everyParameterHasDescriptionDefaultAndProperty() throws Exception {
        return parameters().stream()
                .map(parameter -> DynamicTest.dynamicTest(parameter.goal() + " " + parameter.name(), () -> {
                    assertThat(parameter.description()).isNotBlank();
                    if (parameter.isGroup()) {
                        assertThat(Options.of(Class.forName(parameter.type()))).isNotEmpty();
                    } else {
                        assertThat(parameter.property()).isEqualTo("${lambda-container." + parameter.name() + "}");
                    }
                    assertThat(parameter.standard().isEmpty() ? parameter.description() : "Default: ")
                            .contains("Default: ");
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everySettingIsDocumentedInSourceAndReadme() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        return settings()
                .map(setting -> DynamicTest.dynamicTest(setting.path(), () -> {
                    assertThat(setting.option().value()).isNotBlank();
                    assertThat(javadoc(setting)).isNotBlank();
                    assertThat(readme)
                            .contains("| `" + setting.path().replace('.', '/') + "` | `lambda-container."
                                    + setting.path() + "` | ");
                }))
                .toList();
    }

    @Test
    void theReadmeNamesNoSettingThatDoesNotExist() throws Exception {
        List<String> known = settings().map(Options.Leaf::path).toList();
        Matcher rows = Pattern.compile("\\| `lambda-container\\.([\\w.]+)` \\|")
                .matcher(Files.readString(Path.of("README.md")));
        List<String> named = new ArrayList<>();
        while (rows.find()) {
            named.add(rows.group(1));
        }
        assertThat(named).isNotEmpty().isSubsetOf(known).doesNotHaveDuplicates();
    }

    private static Stream<Options.Leaf> settings() {
        Map<String, Options.Leaf> settings = new TreeMap<>();
        Options.GOALS.stream()
                .flatMap(goal -> Options.of(goal).stream())
                .forEach(setting -> settings.put(setting.path(), setting));
        return settings.values().stream();
    }

    @Test
    void theSettingsOfEveryGoalAreKnown() throws Exception {
        assertThat(Options.GOALS.stream()
                        .map(goal -> goal.getSimpleName().replace("Mojo", "").toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrderElementsOf(
                        parameters().stream().map(Parameter::goal).distinct().toList());
    }

    @Test
    void eclipseIsToldToPassOverEveryGoal() throws Exception {
        Element metadata = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("src/main/resources/META-INF/m2e/lifecycle-mapping-metadata.xml")
                        .toFile())
                .getDocumentElement();
        assertThat(children(metadata, "ignore")).hasSize(1);
        assertThat(children(metadata, "goal").stream().map(Element::getTextContent))
                .containsExactlyInAnyOrderElementsOf(
                        parameters().stream().map(Parameter::goal).distinct().toList());
    }

    private static String javadoc(Options.Leaf setting) throws Exception {
        String source = Files.readString(
                GOALS.resolve(setting.field().getDeclaringClass().getSimpleName() + ".java"));
        Matcher matcher = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+@Option(?:(?!;).)*\\b"
                                + setting.field().getName() + "\\b[^;]*;",
                        Pattern.DOTALL)
                .matcher(source);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static List<Parameter> parameters() throws Exception {
        Element plugin = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(DESCRIPTOR.toFile())
                .getDocumentElement();
        List<Parameter> parameters = new ArrayList<>();
        for (Element mojo : children(plugin, "mojo")) {
            if (text(mojo, "goal").equals("help")) {
                continue;
            }
            Element configuration = children(mojo, "configuration").get(0);
            for (Element parameter : children(mojo, "parameter")) {
                if (text(parameter, "editable").equals("true")) {
                    String name = text(parameter, "name");
                    List<Element> values = children(configuration, name);
                    parameters.add(new Parameter(
                            text(mojo, "goal"),
                            name,
                            text(parameter, "type"),
                            text(parameter, "description"),
                            values.isEmpty() ? "" : values.get(0).getTextContent(),
                            values.isEmpty() ? "" : values.get(0).getAttribute("default-value")));
                }
            }
        }
        return parameters;
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }
}
