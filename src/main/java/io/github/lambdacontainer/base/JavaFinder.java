package io.github.lambdacontainer.base;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the Java runtime of an image and its feature version.
 *
 * @param base the base as the user wrote it
 */
record JavaFinder(ImageTree tree, Map<String, String> environment, String base) {

    static final String SETTING = "from.java";

    /** What container runtimes set where an image does not. */
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** The Java runtime at this path, or else where the environment says it is. */
    Optional<BaseJava> find(Optional<String> fromJava) {
        if (fromJava.isPresent()) {
            return Optional.of(named(fromJava.get()));
        }
        for (String candidate : candidates()) {
            Optional<ImageTree.Found> found = executable(candidate);
            if (found.isPresent()) {
                OptionalInt feature = feature(environment.getOrDefault("JAVA_VERSION", ""), found.get());
                return Optional.of(java(Paths.text(Paths.parts(candidate)), feature, found.get()));
            }
        }
        return Optional.empty();
    }

    private BaseJava named(String path) {
        ImageTree.Found found = executable(path)
                .orElseThrow(
                        () -> new UserFailure(
                                Problem.of(
                                        "The base image '" + base + "' has no file '" + path + "'.",
                                        SETTING,
                                        "Name the absolute path of 'java' in the base image, or leave the setting out to have it found.")));
        OptionalInt own = ofHome(found);
        String fallback = environment.getOrDefault("JAVA_VERSION", "");
        return java(path, own.isPresent() ? own : JavaVersions.feature(fallback), found);
    }

    private BaseJava java(String executable, OptionalInt feature, ImageTree.Found found) {
        if (feature.isEmpty()) {
            throw new UserFailure(Problem.of(
                    "The version of Java in the base image '" + base + "' cannot be told: '" + executable
                            + "' is there, but JAVA_VERSION does not say it, and neither does a file 'release' in "
                            + String.join(" or ", homes(found.path())) + ".",
                    SETTING,
                    "Name the 'java' of a complete Java runtime, or use a base image that sets JAVA_VERSION."));
        }
        return new BaseJava(executable, feature.getAsInt());
    }

    private List<String> candidates() {
        List<String> candidates = new ArrayList<>();
        String home = environment.getOrDefault("JAVA_HOME", "");
        if (home.startsWith("/")) {
            candidates.add(home + "/bin/java");
        }
        String path = environment.getOrDefault("PATH", "");
        for (String directory : (path.isEmpty() ? DEFAULT_PATH : path).split(":", -1)) {
            if (directory.startsWith("/")) {
                candidates.add(directory + "/java");
            }
        }
        return candidates;
    }

    private Optional<ImageTree.Found> executable(String path) {
        return path.startsWith("/")
                ? tree.find(path).filter(found -> found.node() instanceof ImageTree.File)
                : Optional.empty();
    }

    private OptionalInt feature(String declared, ImageTree.Found java) {
        OptionalInt feature = JavaVersions.feature(declared);
        return feature.isPresent() ? feature : ofHome(java);
    }

    private OptionalInt ofHome(ImageTree.Found java) {
        for (String home : homes(java.path())) {
            for (String file : List.of("/release", "/lib/jrt-fs.jar")) {
                OptionalInt feature = tree.file(home + file)
                        .map(f -> JavaVersions.feature(f.detail()))
                        .orElse(OptionalInt.empty());
                if (feature.isPresent()) {
                    return feature;
                }
            }
            if (tree.file(home + "/lib/rt.jar").isPresent()) {
                return OptionalInt.of(8);
            }
        }
        return OptionalInt.empty();
    }

    /** The home of {@code …/bin/java}, and of {@code …/jre/bin/java} as in JDK 8 also the directory above. */
    private static List<String> homes(String java) {
        String home = Paths.parent(Paths.parent(java));
        return Paths.name(home).equals("jre") ? List.of(home, Paths.parent(home)) : List.of(home);
    }
}
