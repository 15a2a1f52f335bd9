package io.github.lambdacontainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.base.BaseDirectory;
import io.github.lambdacontainer.plan.Examples.Case;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.Dependency.Origin;
import io.github.lambdacontainer.project.ExtraFile;
import io.github.lambdacontainer.project.ProjectFacts;
import io.github.lambdacontainer.project.ProjectFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What holds for every project on every kind of base. */
class PlannerPropertyTest {

    private static final Map<String, String> LINKS =
            Map.of("/lib", "/usr/lib", "/var/task", "/srv/task", "/srv", "/data", "/usr/lib/x", "/tmp");

    private static final Map<String, BaseDirectory> DIRECTORIES =
            Map.of("/tmp", new BaseDirectory(01777, "0:0"), "/data/task", new BaseDirectory(0750, "1000:1000"));

    @Property(tries = 300)
    void targetsOfAPlanDifferInALayerAndFollowTheLinksOfTheBase(@ForAll("cases") Case example) {
        Planning planning = example.plan();
        Statistics.label("planned")
                .collect(planning instanceof Planning.Planned)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 40));
        if (!(planning instanceof Planning.Planned planned)) {
            return;
        }
        for (LayerPlan layer : planned.image().layers()) {
            assertThat(layer.entries())
                    .isNotEmpty()
                    .extracting(LayerEntry::target)
                    .doesNotHaveDuplicates();
            for (LayerEntry entry : layer.entries()) {
                assertThat(ancestors(entry.target())).doesNotContainAnyElementsOf(LINKS.keySet());
                for (String parent : ancestors(entry.target())) {
                    BaseDirectory own = DIRECTORIES.get(parent);
                    if (own != null) {
                        assertThat(layer.entries()).contains(new LayerEntry.Directory(parent, own.mode(), own.owner()));
                    }
                }
            }
        }
    }

    @Property(tries = 300)
    void everyJarIsOnTheClassPathOnceInMavensOrder(@ForAll("projects") ProjectFacts project) {
        Case example = Examples.withJava(8);
        example.project = project;
        ImagePlan image = example.image();
        List<String> entrypoint = image.config().entrypoint().orElseThrow();
        List<String> classPath =
                List.of(entrypoint.get(entrypoint.indexOf("-cp") + 1).split(":"));

        assertThat(classPath).doesNotHaveDuplicates();
        assertThat(classPath.stream()
                        .filter(entry -> !entry.equals("/var/task/"))
                        .map(entry -> PlannerTest.file(image, entry).content()))
                .containsExactlyElementsOf(inMavensOrder(example.client, project.dependencies()));
    }

    @Property(tries = 100)
    void theSameInputGivesTheSamePlan(@ForAll("cases") Case example) {
        assertThat(example.plan())
                .isEqualTo(example.plan())
                .hasToString(example.plan().toString());
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.of("java", "os", "with", "with8", "without", "scratch"),
                        Arbitraries.of(Settings.ContainerizingMode.values()),
                        projects())
                .as((kind, mode, project) -> {
                    Case example = switch (kind) {
                        case "java" -> Examples.awsJava();
                        case "os" -> Examples.osOnly();
                        case "with" -> Examples.withJava(17);
                        case "with8" -> Examples.withJava(8);
                        case "without" -> Examples.withoutJava();
                        default -> Examples.scratch();
                    };
                    example.base = Examples.withTree(example.base, LINKS, DIRECTORIES);
                    example.mode = mode;
                    example.project = project;
                    return example;
                });
    }

    @Provide
    Arbitrary<ProjectFacts> projects() {
        Arbitrary<List<Dependency>> dependencies = Combinators.combine(
                        Arbitraries.of("com.a", "com.b", "com.c"),
                        Arbitraries.of("x", "y", "z"),
                        Arbitraries.of("1.0", "1.1"),
                        Arbitraries.of(Origin.values()))
                .as(Examples::dependency)
                .list()
                .uniqueElements(dependency -> dependency.ga())
                .ofMaxSize(8);
        Arbitrary<List<ExtraFile>> extra = Arbitraries.of(
                        "/tmp/a", "/lib/b", "/lib/x/c", "/usr/lib/b", "/opt/d", "/srv/e", "/data/task/com", "/var/f")
                .list()
                .uniqueElements()
                .ofMaxSize(4)
                .map(targets -> targets.stream()
                        .map(target -> new ExtraFile(target, Path.of("/p/extra" + target), 0644))
                        .toList());
        Arbitrary<List<ProjectFile>> resources = Arbitraries.of("a.txt", "META-INF/b", "lib/c.txt", "lib/x-1.0.jar.md5")
                .list()
                .uniqueElements()
                .ofMaxSize(3)
                .map(paths -> paths.stream()
                        .map(path -> new ProjectFile(path, Path.of("/p/target/classes", path)))
                        .toList());
        return Combinators.combine(dependencies, extra, resources).as(PlannerPropertyTest::project);
    }

    private static ProjectFacts project(
            List<Dependency> dependencies, List<ExtraFile> extra, List<ProjectFile> resources) {
        ProjectFacts project = Examples.project();
        return new ProjectFacts(
                project.classes(),
                resources,
                project.jar(),
                dependencies,
                extra,
                project.handler(),
                project.newestClass(),
                List.of(),
                List.of());
    }

    private static List<Content> inMavensOrder(List<Dependency> client, List<Dependency> dependencies) {
        List<Content> contents = new ArrayList<>();
        client.forEach(jar -> contents.add(new Content.OnDisk(jar.path())));
        dependencies.forEach(jar -> contents.add(new Content.OnDisk(jar.path())));
        return contents;
    }

    private static List<String> ancestors(String target) {
        List<String> ancestors = new ArrayList<>();
        for (String path = BaseTree.parent(target); !path.isEmpty(); path = BaseTree.parent(path)) {
            ancestors.add(path);
        }
        return ancestors;
    }
}
