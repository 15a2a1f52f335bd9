package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.elf.ElfFile;
import io.github.lambdacontainer.elf.ElfMachine;
import io.github.lambdacontainer.elf.ElfReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shared libraries of the build machine, found as its dynamic loader finds them. */
final class MachineLibraries {

    private final Path root;
    private final ElfMachine machine;
    private final LoaderDirectories directories;

    MachineLibraries(Path root, ElfMachine machine, LoaderDirectories directories) {
        this.root = root;
        this.machine = machine;
        this.directories = directories;
    }

    /**
     * A library of the build machine.
     *
     * @param name the name it is needed by
     * @param target where it belongs in an image so that the loader finds it
     * @param path where it is, links resolved
     * @param elf what it needs itself
     */
    record Library(String name, String target, Path path, ElfFile elf) {}

    Optional<Library> find(String name) throws IOException {
        if (name.contains("/")) {
            return Optional.empty();
        }
        for (String directory : searched()) {
            Path path = LoaderDirectories.below(root, directory).resolve(name);
            Optional<ElfFile> elf = Files.isRegularFile(path) ? ElfReader.read(path) : Optional.empty();
            if (elf.isPresent() && elf.get().machine() == machine) {
                String target = (isBuiltIn(directory)
                                ? directory
                                : directories.builtIn().get(0)) + "/" + name;
                return Optional.of(new Library(name, target, path.toRealPath(), elf.get()));
            }
        }
        return Optional.empty();
    }

    boolean isBuiltIn(String directory) {
        return directories.builtIn().contains(directory);
    }

    List<String> searched() {
        List<String> searched = new ArrayList<>(directories.builtIn());
        searched.addAll(directories.configured());
        return searched;
    }
}
