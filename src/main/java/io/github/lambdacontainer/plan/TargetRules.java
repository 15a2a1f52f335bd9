package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.problem.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Checks that the files of all layers can stand together in one image. */
final class TargetRules {

    private static final Set<String> NO_NAMES = Set.of("", ".", "..");

    private static final String SETTING = "extraDirectories.paths";

    private TargetRules() {}

    /** The layers without the files that have no possible path, which are told. */
    static LayerPlan withPaths(LayerPlan layer, Findings findings) {
        List<LayerEntry> entries = layer.entries().stream()
                .filter(entry -> {
                    boolean possible = isNormal(entry.target());
                    if (!possible) {
                        findings.problem(impossible(layer, entry));
                    }
                    return possible;
                })
                .toList();
        return new LayerPlan(layer.name(), entries);
    }

    /** Two files at one path, unless one is an extra file, and files where a directory stands. */
    static void check(List<LayerPlan> layers, BaseTree base, Findings findings) {
        Set<String> directories = directories(layers);
        directories.addAll(base.links().keySet());
        directories.addAll(base.directories().keySet());
        Map<String, LayerEntry.File> own = new HashMap<>();
        Map<String, LayerEntry.File> extra = new HashMap<>();
        for (LayerPlan layer : layers) {
            boolean isExtra = layer.name().equals(Layers.EXTRA_FILES);
            for (LayerEntry entry : layer.entries()) {
                if (entry instanceof LayerEntry.File file) {
                    LayerEntry.File other = (isExtra ? extra : own).putIfAbsent(file.target(), file);
                    if (other != null) {
                        findings.problem(twice(layer, file, other));
                    }
                    if (directories.contains(file.target())) {
                        findings.problem(onDirectory(layer, file));
                    }
                }
            }
        }
    }

    private static boolean isNormal(String path) {
        return path.startsWith("/")
                && path.indexOf('\0') < 0
                && Stream.of(path.substring(1).split("/", -1)).noneMatch(NO_NAMES::contains);
    }

    private static Set<String> directories(List<LayerPlan> layers) {
        Set<String> directories = new HashSet<>();
        for (LayerPlan layer : layers) {
            for (LayerEntry entry : layer.entries()) {
                String path = BaseTree.parent(entry.target());
                while (!path.isEmpty() && directories.add(path)) {
                    path = BaseTree.parent(path);
                }
            }
        }
        return directories;
    }

    private static Problem impossible(LayerPlan layer, LayerEntry entry) {
        return problem(
                layer,
                "'" + entry.target().replace("\0", "\\0") + "' cannot be a path in the image: it has to be absolute,"
                        + " without empty parts, '.' and '..'.",
                "Rename the file, or give another directory to put it into.");
    }

    private static Problem twice(LayerPlan layer, LayerEntry.File file, LayerEntry.File other) {
        return problem(
                layer,
                file.target() + " would come from both " + source(other.content()) + " and " + source(file.content())
                        + ".",
                "Rename or remove one of the two.");
    }

    private static Problem onDirectory(LayerPlan layer, LayerEntry.File file) {
        return problem(
                layer,
                file.target() + ", from " + source(file.content()) + ", would replace a directory of the image.",
                "Rename the file, or put it elsewhere.");
    }

    private static Problem problem(LayerPlan layer, String what, String next) {
        return layer.name().equals(Layers.EXTRA_FILES) ? Problem.of(what, SETTING, next) : Problem.of(what, next);
    }

    private static String source(Content content) {
        if (content instanceof Content.OnDisk file) {
            return file.path().toString();
        }
        if (content instanceof Content.Jar) {
            return "the project's classes";
        }
        return content instanceof Content.InJar jar ? jar.entry() + " in " + jar.jar() : "the plugin itself";
    }
}
