package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.report.CiOutputs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the surrounding CI job is told, and under which names. */
final class CiSettings {

    private CiSettings() {}

    /** The files of GitHub Actions, if they are wanted. */
    static Optional<CiOutputs> outputs(@Nullable Boolean wanted, Map<String, String> environment) {
        boolean on = wanted == null ? "true".equals(environment.get("GITHUB_ACTIONS")) : wanted;
        return on
                ? Optional.of(
                        new CiOutputs(file(environment, "GITHUB_OUTPUT"), file(environment, "GITHUB_STEP_SUMMARY")))
                : Optional.empty();
    }

    /** What to warn of: that outputs the user asks for have no file to go to. */
    static Optional<String> warning(@Nullable Boolean wanted, Optional<CiOutputs> outputs) {
        boolean nowhere = outputs.filter(
                        files -> files.outputs().isEmpty() && files.summary().isEmpty())
                .isPresent();
        return Boolean.TRUE.equals(wanted) && nowhere
                ? Optional.of("ciOutputs is true, but neither GITHUB_OUTPUT nor GITHUB_STEP_SUMMARY is set, so that"
                        + " nothing is told of the image.")
                : Optional.empty();
    }

    private static Optional<Path> file(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    /**
     * What follows the names of an image's outputs: its architecture where there are several, and once more with the
     * module where there are several of those.
     */
    static List<String> suffixes(MavenContext maven, Optional<Architecture> architecture) {
        int modules = maven.session().getProjects().size();
        return suffixes(maven.project().getArtifactId(), modules, architecture);
    }

    static List<String> suffixes(String module, int modules, Optional<Architecture> architecture) {
        String last = architecture.map(name -> "-" + name).orElse("");
        return modules > 1 ? List.of(last, "-" + module + last) : List.of(last);
    }
}
