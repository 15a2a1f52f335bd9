package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lists the files below a directory. Symbolic links are followed, but not out of the build. */
final class FileTree {

    private final Path root;
    private final Shown shown;
    private final List<Problem> problems;

    /** Lists files where links may lead to anything below the root, and adds what is wrong to the problems. */
    FileTree(Path root, Shown shown, List<Problem> problems) {
        this.root = root;
        this.shown = shown;
        this.problems = problems;
    }

    /** The regular files below a directory, sorted by path; none if there is no such directory. */
    List<ProjectFile> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try {
            Walk walk = new Walk(root.toRealPath(), directory.toRealPath());
            walk.enter(directory, "", List.of(walk.start));
            walk.files.sort(Comparator.comparing(ProjectFile::relativePath));
            return List.copyOf(walk.files);
        } catch (IOException e) {
            throw new EnvironmentFailure(ProjectProblems.notRead(directory, e), e);
        }
    }

    private final class Walk {
        private final Path realRoot;
        private final Path start;
        private final List<ProjectFile> files = new ArrayList<>();

        Walk(Path realRoot, Path start) {
            this.realRoot = realRoot;
            this.start = start;
        }

        void enter(Path directory, String prefix, List<Path> above) throws IOException {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
                for (Path child : children) {
                    visit(child, prefix, above);
                }
            } catch (AccessDeniedException e) {
                problems.add(ProjectProblems.unreadable(shown.path(directory)));
            }
        }

        private void visit(Path path, String prefix, List<Path> above) throws IOException {
            Optional<String> name = FileNames.decoded(path);
            if (name.isEmpty()) {
                problems.add(ProjectProblems.notUtf8(shown.path(above(path)) + "/" + FileNames.shown(path)));
            } else if (Files.isSymbolicLink(path)) {
                follow(path, prefix + name.get(), above);
            } else {
                add(path, prefix + name.get(), above);
            }
        }

        private void follow(Path link, String relative, List<Path> above) throws IOException {
            String target = FileNames.escaped(Files.readSymbolicLink(link).toString());
            Optional<Path> real = realPath(link, target);
            if (real.isEmpty()) {
                return;
            }
            if (!real.get().startsWith(realRoot) && !real.get().startsWith(start)) {
                problems.add(ProjectProblems.linkLeaves(shown.path(link), target, root));
            } else if (above.stream().anyMatch(directory -> directory.startsWith(real.get()))) {
                problems.add(ProjectProblems.linkLoops(shown.path(link), target));
            } else {
                add(link, relative, above);
            }
        }

        private Optional<Path> realPath(Path link, String target) {
            try {
                return Optional.of(link.toRealPath());
            } catch (NoSuchFileException e) {
                problems.add(ProjectProblems.linkDangles(shown.path(link), target));
            } catch (AccessDeniedException e) {
                problems.add(ProjectProblems.unreadable(shown.path(link)));
            } catch (IOException e) {
                problems.add(ProjectProblems.linkLoops(shown.path(link), target));
            }
            return Optional.empty();
        }

        private void add(Path path, String relative, List<Path> above) throws IOException {
            if (Files.isDirectory(path)) {
                List<Path> deeper = new ArrayList<>(above);
                deeper.add(path.toRealPath());
                enter(path, relative + "/", deeper);
            } else if (!Files.isRegularFile(path)) {
                problems.add(ProjectProblems.notAFile(shown.path(path)));
            } else if (!Files.isReadable(path)) {
                problems.add(ProjectProblems.unreadable(shown.path(path)));
            } else {
                files.add(new ProjectFile(relative, path));
            }
        }

        private Path above(Path path) {
            Path parent = path.getParent();
            return parent == null ? path : parent;
        }
    }
}
