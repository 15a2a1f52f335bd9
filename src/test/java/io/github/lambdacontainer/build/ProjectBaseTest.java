package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.project.ClassVersion;
import io.github.lambdacontainer.project.Handler;
import io.github.lambdacontainer.project.HandlerFinding;
import io.github.lambdacontainer.project.ProjectFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectBaseTest {

    private static final Problem FILE = Problem.of("A file is odd.", "Mend it.");
    private static final Problem HANDLER = Problem.of("The handler is odd.", "handler", "Mend it.");

    @TempDir
    Path directory;

    private Builds builds;

    @BeforeEach
    void prepare() {
        builds = new Builds(directory);
    }

    private static ProjectFacts project(HandlerFinding handler, Optional<ClassVersion> newest, Problem... problems) {
        return new ProjectFacts(
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                handler,
                newest,
                List.of(),
                List.of(problems));
    }

    private static HandlerFinding found() {
        return new HandlerFinding.Found(Handler.parse("com.acme.App"), false);
    }

    private void read(ProjectFacts project) {
        new ProjectBase(builds.rooms().bases()).read(builds.request(), () -> project, likely -> {}, Stream::empty);
    }

    private static Problem missing(Path directory) {
        return Problem.of(
                "The base image 'oci:base' cannot be used: there is no directory '" + directory.resolve("base") + "'.",
                "from.image",
                "Correct the path; a relative one starts at the project's directory.");
    }

    @Test
    void aBaseThatCannotBeReadIsToldTogetherWithWhatIsWrongWithTheProject() {
        ProjectFacts project = project(new HandlerFinding.Unusable(List.of(HANDLER)), Optional.empty(), FILE);

        Failure failure = catchThrowableOfType(Failure.class, () -> read(project));

        assertThat(failure).isInstanceOf(UserFailure.class).hasCauseInstanceOf(UserFailure.class);
        assertThat(failure.problems()).containsExactly(FILE, HANDLER, missing(directory));
        assertThat(failure)
                .hasMessage("3 problems keep the image from being built:\n- " + FILE.text() + "\n- " + HANDLER.text()
                        + "\n- " + missing(directory).text());
    }

    @Test
    void aBaseThatCannotBeReadAloneIsToldAsItIs() {
        Failure failure = catchThrowableOfType(Failure.class, () -> read(project(found(), Optional.empty())));

        assertThat(failure).hasNoCause();
        assertThat(failure.problems()).containsExactly(missing(directory));
    }

    @Test
    void aMalformedReferenceIsToldTogetherWithTheProjectToo() {
        builds.baseImage = Optional.of("No Such Image");

        Failure failure = catchThrowableOfType(Failure.class, () -> read(project(found(), Optional.empty(), FILE)));

        assertThat(failure.problems())
                .containsExactly(
                        FILE,
                        Problem.of(
                                "'No Such Image' is not an image reference.",
                                "from.image",
                                "Write it as [registry/]repository[:tag][@sha256:digest], in lower case up to the"
                                        + " tag."));
    }

    @Test
    void theDefaultFollowsTheNewestOfThePomAndTheClasses() {
        builds.baseImage = Optional.empty();

        assertThatThrownBy(() -> read(project(found(), Optional.of(new ClassVersion(21, "x")))))
                .isInstanceOf(UserFailure.class)
                .hasMessage("The manifest of the base image 'public.ecr.aws/lambda/java:21' is not in the cache, and"
                        + " Maven works offline."
                        + "\n  Setting: <from><image> (-Dlambda-container.from.image)"
                        + "\n  Next: Run the build once without -o.");
        assertThatThrownBy(() -> read(project(found(), Optional.of(new ClassVersion(8, "x")))))
                .hasMessageContaining("'public.ecr.aws/lambda/java:17'");
    }
}
