package io.github.lambdacontainer.build;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.base.BaseListener;
import io.github.lambdacontainer.base.BaseReader;
import io.github.lambdacontainer.base.BaseReference;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.project.ClassVersion;
import io.github.lambdacontainer.project.HandlerFinding;
import io.github.lambdacontainer.project.ProjectFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads the base a request asks for, or the default one for its project. */
final class ProjectBase {

    private final BaseReader bases;

    ProjectBase(BaseReader bases) {
        this.bases = bases;
    }

    /**
     * Reads the base; what is wrong with the project is told together with a base that cannot be read.
     *
     * @param listener hears of the base before all of it is read
     * @param carried what earlier images say of their base, asked for if that would save a download
     */
    Base read(
            BuildRequest request,
            Supplier<ProjectFacts> project,
            BaseListener listener,
            Supplier<Stream<String>> carried) {
        try {
            BaseReference reference = BaseReference.parse(
                    request.baseImage().orElseGet(() -> standard(request, project.get())),
                    request.project().baseDirectory());
            return bases.read(
                    reference,
                    request.settings().architecture(),
                    request.format().orElse(ImageFormat.OCI),
                    request.settings().fromJava(),
                    listener,
                    carried);
        } catch (Failure failure) {
            List<Problem> problems = new ArrayList<>(problems(project.get()));
            if (problems.isEmpty()) {
                throw failure;
            }
            problems.addAll(failure.problems());
            throw new UserFailure(problems, failure);
        }
    }

    private static String standard(BuildRequest request, ProjectFacts project) {
        int java = Stream.concat(request.release().stream(), project.newestClass().map(ClassVersion::feature).stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return DefaultBase.forJava(java);
    }

    private static List<Problem> problems(ProjectFacts project) {
        return Stream.concat(
                        project.problems().stream(),
                        Optional.of(project.handler())
                                .filter(HandlerFinding.Unusable.class::isInstance)
                                .map(HandlerFinding.Unusable.class::cast)
                                .stream()
                                .flatMap(unusable -> unusable.problems().stream()))
                .toList();
    }
}
