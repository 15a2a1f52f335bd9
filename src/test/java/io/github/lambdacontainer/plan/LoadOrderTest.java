package io.github.lambdacontainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.plan.Examples.Case;
import io.github.lambdacontainer.project.ClassClash;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ProjectFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes that stand in two jars. */
class LoadOrderTest {

    private static final Dependency ZOO = Examples.release("com.acme", "zoo", "1.0");
    private static final Dependency ANT = Examples.release("com.acme", "ant", "1.0");

    @Test
    void awsJavaBaseThatTakesAnotherJarThanMavenIsTold() {
        Case clash = Examples.awsJava();
        clash.project = project(List.of(ZOO, ANT), new ClassClash(ZOO, ANT, List.of("a.A", "a.B", "a.C", "a.D")));

        assertThat(clash.image().warnings())
                .containsExactly("zoo-1.0.jar and ant-1.0.jar both hold 4 classes (a.A, a.B, a.C, …). Maven's order"
                        + " takes zoo-1.0.jar, but the base loads jars by name and takes ant-1.0.jar. Exclude one of"
                        + " the two dependencies, or choose an OS-only base such as"
                        + " public.ecr.aws/lambda/provided:al2023, which keeps Maven's order.");
    }

    @Test
    void oneClassIsToldAsOne() {
        Case clash = Examples.awsJava();
        clash.project = project(List.of(ZOO, ANT), new ClassClash(ZOO, ANT, List.of("a.A")));

        assertThat(clash.image().warnings()).singleElement().asString().contains("both hold 1 class (a.A).");
    }

    @Test
    void nothingIsToldWhereBothOrdersAgree() {
        Case clash = Examples.awsJava();
        clash.project = project(List.of(ANT, ZOO), new ClassClash(ANT, ZOO, List.of("a.A")));

        assertThat(clash.image().warnings()).isEmpty();
    }

    @Test
    void nothingIsToldWhereTheClassPathIsOurs() {
        Case clash = Examples.withJava(17);
        clash.project = project(List.of(ZOO, ANT), new ClassClash(ZOO, ANT, List.of("a.A")));

        assertThat(clash.image().warnings()).isEmpty();
    }

    private static ProjectFacts project(List<Dependency> dependencies, ClassClash clash) {
        ProjectFacts project = Examples.project(dependencies);
        return new ProjectFacts(
                project.classes(),
                project.resources(),
                project.jar(),
                dependencies,
                project.extraFiles(),
                project.handler(),
                project.newestClass(),
                List.of(clash),
                List.of());
    }
}
