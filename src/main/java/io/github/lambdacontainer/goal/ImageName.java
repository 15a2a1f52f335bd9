package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.Reference;
import java.util.List;
import java.util.Locale;
import org.apache.maven.project.MavenProject;

/**
 * The name an image is built under.
 *
 * @param image reference with at most one tag
 * @param tags further tags
 */
record ImageName(String image, List<String> tags) {

    static ImageName of(To to, MavenProject project, List<Problem> problems) {
        String image = to.image() == null ? standard(project) : to.image();
        try {
            Reference.parse(image, "to.image");
        } catch (Failure e) {
            problems.addAll(e.problems());
        }
        to.tags().stream()
                .filter(tag -> !isTag(tag))
                .map(tag -> Problem.of(
                        "'" + tag + "' is not a tag.",
                        "to.tags",
                        "A tag has up to 128 letters, digits, dots, dashes and underscores."))
                .forEach(problems::add);
        return new ImageName(image, to.tags());
    }

    private static String standard(MavenProject project) {
        String name = project.getArtifactId().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String tag = project.getVersion().replaceAll("[^\\w.-]", "-");
        return name.replaceAll("^-|-$", "") + ":" + (isTag(tag) ? tag : "latest");
    }

    /** As the OCI distribution specification has it. */
    private static boolean isTag(String text) {
        return text.matches("\\w[\\w.-]{0,127}");
    }
}
