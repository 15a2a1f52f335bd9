package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.ProjectInput.ExtraDirectory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns the settings of extra directories into values; whether the directories are there is seen when they are read. */
final class ExtraSettings {

    private final Path baseDirectory;
    private final List<Problem> problems;

    ExtraSettings(Path baseDirectory, List<Problem> problems) {
        this.baseDirectory = baseDirectory;
        this.problems = problems;
    }

    List<ExtraDirectory> directories(ExtraDirectories extra) {
        List<ExtraPath> paths = extra.paths();
        if (paths == null) {
            Path standard = baseDirectory.resolve("src/main/lambda-container");
            return Files.isDirectory(standard) ? List.of(new ExtraDirectory(standard, "/")) : List.of();
        }
        return paths.stream().flatMap(this::directory).toList();
    }

    private Stream<ExtraDirectory> directory(ExtraPath path) {
        File from = path.from();
        if (from == null) {
            problems.add(Problem.of(
                    "An extra directory has no <from>.",
                    "extraDirectories.paths",
                    "Name a directory of the project, or take the entry away."));
            return Stream.empty();
        }
        return Stream.of(new ExtraDirectory(baseDirectory.resolve(from.toPath()), path.into()));
    }

    /** Modes by glob, in the order of the settings; of two with one glob the first holds. */
    Map<String, Integer> permissions(ExtraDirectories extra) {
        Map<String, Integer> modes = new LinkedHashMap<>();
        for (ExtraPermission permission : extra.permissions()) {
            mode(permission).ifPresent(mode -> modes.putIfAbsent(permission.file(), mode));
        }
        return modes;
    }

    private Optional<Integer> mode(ExtraPermission permission) {
        if (permission.mode().matches("[0-7]{3,4}")) {
            return Optional.of(Integer.parseInt(permission.mode(), 8));
        }
        problems.add(Problem.of(
                "'" + permission.mode() + "' is not an octal mode (for '" + permission.file() + "').",
                "extraDirectories.permissions",
                "Give three octal digits such as 755."));
        return Optional.empty();
    }
}
