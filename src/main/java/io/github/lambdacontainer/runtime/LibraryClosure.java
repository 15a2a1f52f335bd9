package io.github.lambdacontainer.runtime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The libraries that native files need, those that these need, and so on. */
final class LibraryClosure {

    private final MachineLibraries machine;
    private final String loaderName;
    private final Map<String, MachineLibraries.Library> found = new TreeMap<>();

    /** Library → a file that needs it. */
    private final Map<String, String> missing = new TreeMap<>();

    LibraryClosure(MachineLibraries machine, String loaderName) {
        this.machine = machine;
        this.loaderName = loaderName;
    }

    Collection<MachineLibraries.Library> found() {
        return found.values();
    }

    Map<String, String> missing() {
        return missing;
    }

    /** Adds what a file of the image needs and the image does not have itself. */
    void require(NativeFile file, List<NativeFile> image) throws IOException {
        for (String name : file.elf().needed()) {
            if (!isIn(image, file, name)) {
                missing.putAll(add(name, file.target()));
            }
        }
    }

    /** The same, but adds nothing at all if a library is missing. */
    void requireIfComplete(NativeFile file, List<NativeFile> image) throws IOException {
        LibraryClosure trial = new LibraryClosure(machine, loaderName);
        trial.require(file, image);
        if (trial.missing.isEmpty()) {
            found.putAll(trial.found);
        }
    }

    /** Adds a library if the machine has it with all that it needs. */
    void addIfThere(String name) throws IOException {
        LibraryClosure trial = new LibraryClosure(machine, loaderName);
        if (trial.add(name, name).isEmpty()) {
            found.putAll(trial.found);
        }
    }

    private Map<String, String> add(String name, String neededBy) throws IOException {
        Map<String, String> absent = new TreeMap<>();
        Deque<Map.Entry<String, String>> open = new ArrayDeque<>(List.of(Map.entry(name, neededBy)));
        while (!open.isEmpty()) {
            Map.Entry<String, String> next = open.remove();
            if (next.getKey().equals(loaderName) || found.containsKey(next.getKey())) {
                continue;
            }
            Optional<MachineLibraries.Library> library = machine.find(next.getKey());
            if (library.isEmpty()) {
                absent.putIfAbsent(next.getKey(), next.getValue());
                continue;
            }
            found.put(next.getKey(), library.get());
            library.get()
                    .elf()
                    .needed()
                    .forEach(n -> open.add(Map.entry(n, library.get().target())));
        }
        return absent;
    }

    /** Beside the file in its layer (the JVM loads its own libraries by path), or where the loader looks anyway. */
    private boolean isIn(List<NativeFile> image, NativeFile file, String name) {
        return image.stream()
                .filter(other -> other.name().equals(name))
                .anyMatch(other -> other.layer().equals(file.layer()) || isWhereTheLoaderLooks(other.target()));
    }

    private boolean isWhereTheLoaderLooks(String target) {
        return machine.isBuiltIn(target.substring(0, target.lastIndexOf('/')));
    }
}
