package io.github.lambdacontainer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the picture of docs/architecture.md: one straight line of rooms, each with its own imports. */
class ArchitectureTest {

    private static final String ROOT = "io.github.lambdacontainer";
    private static final Path SOURCES = Path.of("src/main/java/io/github/lambdacontainer");

    /** All classes but the help goal, which Maven's tools generate. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/HelpMojo"))
            .importPackages(ROOT);

    /** Room → the rooms it may import, and the third-party packages it may import. */
    private static final Map<String, Room> ROOMS = Map.ofEntries(
            room("problem"),
            room("elf"),
            room("image", "problem").with("com.fasterxml.jackson.."),
            room("cache", "image problem"),
            room("registry", "image cache problem")
                    .with(
                            "com.fasterxml.jackson..",
                            "com.google.cloud.tools.jib..",
                            "java.net.http..",
                            "org.apache.hc.."),
            room("ecr", "registry problem").with("software.amazon.awssdk..", "com.fasterxml.jackson.."),
            room("base", "registry image cache elf problem")
                    .with("com.fasterxml.jackson..", "org.apache.commons.compress.."),
            room("project", "problem").with("org.objectweb.asm.."),
            room("plan", "project base image problem"),
            room("runtime", "plan base elf image cache problem"),
            room("emulator").with("com.fasterxml.jackson.."),
            room("layer", "plan image cache problem")
                    .with(
                            "com.google.cloud.tools.jib..",
                            "com.google.common.collect..",
                            "org.apache.commons.compress.."),
            room("local", "emulator layer plan base image cache problem").with("com.fasterxml.jackson.."),
            room("archive", "image cache problem").with("org.apache.commons.compress.."),
            room("report", "project base image problem").with("com.fasterxml.jackson.."),
            room("startup", "local emulator plan image cache problem")
                    .with("com.fasterxml.jackson..", "org.apache.commons.compress.."),
            room(
                    "build",
                    "startup report archive local layer runtime plan project base ecr registry cache image problem"),
            room(
                            "goal",
                            "build startup report archive local emulator layer runtime plan project base ecr registry"
                                    + " cache image problem")
                    .with("org.apache.maven..", "org.eclipse.aether..", "org.codehaus.plexus..", "javax.inject.."));

    private record Room(String name, List<String> rooms, List<String> libraries) implements Map.Entry<String, Room> {
        Room with(String... packages) {
            return new Room(name, rooms, List.of(packages));
        }

        @Override
        public String getKey() {
            return name;
        }

        @Override
        public Room getValue() {
            return this;
        }

        @Override
        public Room setValue(Room value) {
            throw new AssertionError("a room is a value");
        }

        String[] allowed() {
            return Stream.of(
                            Stream.of(
                                    ROOT + "." + name,
                                    "java..",
                                    "javax..",
                                    "com.sun.net.httpserver..",
                                    "org.jspecify.."),
                            rooms.stream().map(room -> ROOT + "." + room),
                            libraries.stream())
                    .flatMap(s -> s)
                    .toArray(String[]::new);
        }
    }

    private static Room room(String name, String... rooms) {
        return new Room(name, rooms.length == 0 ? List.of() : List.of(rooms[0].split(" ")), List.of());
    }

    @TestFactory
    Stream<DynamicTest> everyRoomImportsOnlyWhatItMay() {
        return ROOMS.values().stream()
                .map(room -> DynamicTest.dynamicTest(
                        room.name(),
                        () -> classes()
                                .that()
                                .resideInAPackage(ROOT + "." + room.name())
                                .should()
                                .onlyDependOnClassesThat(resideInAnyPackage(room.allowed()))
                                .check(CLASSES)));
    }

    @Test
    void everyPackageIsARoom() {
        assertThat(CLASSES.stream().map(c -> c.getPackageName().substring(ROOT.length() + 1)))
                .allMatch(ROOMS::containsKey);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching(ROOT + ".(*)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyRegistryAndEcrSpeakHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".registry", ROOT + ".ecr")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CLASSES);
    }

    @Test
    void onlyEcrKnowsTheAwsSdk() {
        noClasses()
                .that(not(resideInAPackage(ROOT + ".ecr")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(CLASSES);
    }

    @Test
    void planAndImageHaveNoEffects() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".plan", ROOT + ".image")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.nio\\.file\\.Files|java\\.io\\.File.*|java\\.lang\\.Process.*"
                        + "|java\\.time\\.Clock|java\\.util\\.logging\\..*|java\\.util\\.Random|java\\.net\\..*")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }

    @Test
    void everyPublicTypeHasJavadoc() throws IOException {
        Pattern declaration = Pattern.compile(
                "^public (?:\\w+ |non-sealed )*(?:class|record|interface|enum|@interface) \\w+", Pattern.MULTILINE);
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> undocumented = files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> {
                        String source = read(f);
                        Matcher matcher = declaration.matcher(source);
                        return matcher.find()
                                && !afterImports(source, matcher.start()).contains("/**");
                    })
                    .toList();
            assertThat(undocumented).isEmpty();
        }
    }

    @Test
    void noClassIsAboveThreeHundredLinesAndNoMojoAboveOneHundred() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(f -> f.toString().endsWith(".java"))).allSatisfy(f -> {
                long lines =
                        Files.readAllLines(f).stream().filter(l -> !l.isBlank()).count();
                assertThat(lines)
                        .as(f.toString())
                        .isLessThanOrEqualTo(f.toString().endsWith("Mojo.java") ? 100 : 300);
            });
        }
    }

    private static String afterImports(String source, int end) {
        String head = source.substring(0, end);
        return head.substring(Math.max(head.lastIndexOf("\nimport "), head.indexOf("package ")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
