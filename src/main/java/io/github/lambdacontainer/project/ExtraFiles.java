package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.ProjectInput.ExtraDirectory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the extra directories. Modes come from the settings alone, so that a checkout's bits change nothing. */
final class ExtraFiles {

    private static final int DEFAULT_MODE = 0644;

    private final FileTree tree;
    private final Shown shown;
    private final List<Problem> problems;
    private final List<Permission> permissions = new ArrayList<>();
    private final Map<String, ExtraFile> files = new TreeMap<>();

    private record Permission(PathGlob glob, int mode) {}

    ExtraFiles(FileTree tree, Shown shown, List<Problem> problems, Map<String, Integer> modes) {
        this.tree = tree;
        this.shown = shown;
        this.problems = problems;
        modes.forEach((glob, mode) -> PathGlob.parse(glob)
                .ifPresentOrElse(
                        parsed -> permissions.add(new Permission(parsed, mode)),
                        () -> problems.add(ProjectProblems.invalidGlob(glob))));
    }

    /** The files of the directories, sorted by target. */
    List<ExtraFile> read(List<ExtraDirectory> directories) {
        directories.forEach(this::read);
        return List.copyOf(files.values());
    }

    private void read(ExtraDirectory directory) {
        Optional<String> into = absolute(directory.into());
        if (into.isEmpty()) {
            problems.add(ProjectProblems.relativeInto(directory.into()));
        } else if (!Files.isDirectory(directory.from())) {
            problems.add(ProjectProblems.missingExtraDirectory(shown.path(directory.from())));
        } else {
            tree.list(directory.from()).forEach(file -> add(into.get() + "/" + file.relativePath(), file));
        }
    }

    /** The path without a slash at its end and without doubled ones, so empty for the root. */
    private static Optional<String> absolute(String into) {
        List<String> names =
                Arrays.stream(into.split("/")).filter(n -> !n.isEmpty()).toList();
        boolean valid = into.startsWith("/") && !names.contains(".") && !names.contains("..");
        return valid ? Optional.of(names.isEmpty() ? "" : "/" + String.join("/", names)) : Optional.empty();
    }

    private void add(String target, ProjectFile file) {
        Optional<Problem> name = FileNames.check(target, shown.path(file.source()));
        if (name.isPresent()) {
            problems.add(name.get());
            return;
        }
        ExtraFile first = files.putIfAbsent(target, new ExtraFile(target, file.source(), mode(target)));
        if (first != null) {
            problems.add(ProjectProblems.sameTarget(target, shown.path(first.source()), shown.path(file.source())));
        }
    }

    private int mode(String target) {
        return permissions.stream()
                .filter(p -> p.glob().matches(target))
                .findFirst()
                .map(Permission::mode)
                .orElse(DEFAULT_MODE);
    }
}
