package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.Reference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The name an image is built under.
 *
 * @param image reference with at most one tag
 * @param tags further tags
 */
record ImageName(String image, List<String> tags) {

    /** Characters of a tag (OCI distribution specification, "Pulling manifests"). */
    private static final int LONGEST_TAG = 128;

    static ImageName of(To to, MavenProject project, List<Problem> problems) {
        return of(to, given(to.image()).orElseGet(() -> standard(project)), problems);
    }

    /** A name that an image can be pushed under: the project has none that could stand in for it. */
    static ImageName toPush(To to, List<Problem> problems) {
        Optional<String> image = given(to.image());
        if (image.isEmpty()) {
            problems.add(Problem.of(
                    "There is no repository to push the image to.",
                    "to.image",
                    "Name it with a tag, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-function:1."));
        } else if (image.get().contains("@")) {
            problems.add(Problem.of(
                    "'" + image.get() + "' names a digest, and a pushed image gets its digest from what it holds.",
                    "to.image",
                    "Name a tag instead."));
        } else if (isRegistry(image.get())) {
            problems.add(Problem.of(
                    "'" + image.get() + "' names a registry and no repository.",
                    "to.image",
                    "Name both, as in 123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-function:1."));
        }
        return of(to, image.orElse("none"), problems);
    }

    /** As a reference it would be an image of Docker Hub's own, which nobody else can push. */
    private static boolean isRegistry(String image) {
        String host = image.replaceFirst(":.*", "");
        return !image.contains("/") && (host.contains(".") || host.equals("localhost"));
    }

    private static ImageName of(To to, String image, List<Problem> problems) {
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

    /** What is wrong with this name where there are images for all of these architectures. */
    List<Problem> problemsWith(List<Architecture> architectures) {
        int room = LONGEST_TAG
                - architectures.stream()
                        .mapToInt(each -> suffix(each).length())
                        .max()
                        .orElse(0);
        return Stream.concat(tooLong(tag().stream(), "to.image", room), tooLong(tags.stream(), "to.tags", room))
                .toList();
    }

    private Optional<String> tag() {
        int colon = image.lastIndexOf(':');
        return colon > image.lastIndexOf('/') && !image.contains("@")
                ? Optional.of(image.substring(colon + 1))
                : Optional.empty();
    }

    private static Stream<Problem> tooLong(Stream<String> tags, String setting, int room) {
        return tags.filter(tag -> isTag(tag) && tag.length() > room)
                .map(tag -> Problem.of(
                        "The tag '" + tag + "' has " + tag.length()
                                + " characters, and with several architectures each image"
                                + " has its architecture behind it, so that it would have more than " + LONGEST_TAG
                                + ".",
                        setting,
                        "Take a tag of up to " + room + " characters, or build for one architecture."));
    }

    private static String suffix(Architecture architecture) {
        return "-" + architecture.lambdaName();
    }

    /** The name where there are images for other architectures too, none of which may take another's tags. */
    ImageName withArchitecture(Architecture architecture) {
        String suffix = suffix(architecture);
        Reference reference = Reference.parse(image, "to.image");
        String tag = reference.tag().orElse("");
        String name = reference.digest().isPresent() || image.endsWith(":" + tag) ? image : image + ":" + tag;
        return new ImageName(
                reference.digest().isPresent() ? name : name + suffix,
                tags.stream().map(each -> each + suffix).toList());
    }

    private static Optional<String> given(@Nullable String image) {
        return Optional.ofNullable(image).map(String::strip).filter(text -> !text.isEmpty());
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
