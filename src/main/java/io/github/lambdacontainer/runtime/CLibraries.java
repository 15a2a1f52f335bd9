package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.elf.ElfMachine;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings what {@code scratch} lacks from the build machine, which has to be Linux: the dynamic loader and the shared
 * libraries of everything native in the image, found from the ELF headers, the few files of {@code /etc} that name
 * look-ups read, and the locale {@code C.UTF-8}.
 */
public final class CLibraries {

    /** Name of the layer. */
    public static final String LAYER = "C library";

    /** What the C library opens at run time: name services; and what native code inside jars commonly needs. */
    private static final List<String> OPENED_LATER = List.of(
            "libdl.so.2",
            "libgcc_s.so.1",
            "libm.so.6",
            "libnss_dns.so.2",
            "libnss_files.so.2",
            "libpthread.so.0",
            "libresolv.so.2",
            "librt.so.1");

    private final Path root;
    private final String operatingSystem;

    /** Takes the libraries of this machine. */
    public CLibraries() {
        this(Path.of("/"), System.getProperty("os.name", ""));
    }

    CLibraries(Path root, String operatingSystem) {
        this.root = root;
        this.operatingSystem = operatingSystem;
    }

    /**
     * The layer that makes the native files of these layers run.
     *
     * @param layers all other layers of the image
     * @param architecture the instruction set of the image
     * @throws UserFailure if this machine is not Linux, or a native file is for another instruction set
     * @throws EnvironmentFailure if this machine lacks a library, or a file cannot be read
     */
    public LayerPlan closure(Collection<LayerPlan> layers, Architecture architecture) {
        if (!operatingSystem.equals("Linux")) {
            throw new UserFailure(Problem.of(
                    "An image from scratch needs a Linux build machine, whose C library it gets; this one is "
                            + operatingSystem + ".",
                    "from.image",
                    "Take public.ecr.aws/lambda/provided:al2023, or build on Linux."));
        }
        try {
            List<NativeFile> image = NativeFile.of(layers);
            requireMachine(image, architecture);
            List<LayerEntry> entries = new ArrayList<>(ScratchFiles.entries(root));
            Optional<String> loader =
                    image.stream().flatMap(f -> f.elf().interpreter().stream()).findFirst();
            if (loader.isPresent()) {
                entries.addAll(libraries(image, machine(architecture), loader.get()));
            }
            entries.sort(Comparator.comparing(LayerEntry::target));
            return new LayerPlan(LAYER, List.copyOf(entries));
        } catch (IOException e) {
            throw new EnvironmentFailure(
                    Problem.of(
                            "The C library of this machine could not be read: " + DiskReason.withFile(e) + ".",
                            "Make the file readable, or take a base image that has a C library."),
                    e);
        }
    }

    private List<LayerEntry> libraries(List<NativeFile> image, ElfMachine machine, String loader) throws IOException {
        Path loaderPath = LoaderDirectories.below(root, loader);
        if (!Files.isRegularFile(loaderPath)) {
            throw missing(loader + " (needed by every program of the image)", List.of(loader));
        }
        MachineLibraries libraries = new MachineLibraries(root, machine, LoaderDirectories.read(root, loaderPath));
        LibraryClosure closure = new LibraryClosure(libraries, loader.substring(loader.lastIndexOf('/') + 1));
        for (NativeFile file : image) {
            if (!DesktopLibraries.has(file)) {
                closure.require(file, image);
            } else if (!DesktopLibraries.needsDevice(file)) {
                closure.requireIfComplete(file, image);
            }
        }
        if (!closure.missing().isEmpty()) {
            String names = closure.missing().entrySet().stream()
                    .map(e -> e.getKey() + " (needed by " + e.getValue() + ")")
                    .collect(Collectors.joining(", "));
            throw missing(names, libraries.searched());
        }
        for (String name : OPENED_LATER) {
            closure.addIfThere(name);
        }
        List<LayerEntry> entries = new ArrayList<>();
        entries.add(new LayerEntry.File(loader, new Content.OnDisk(loaderPath.toRealPath()), 0755));
        closure.found().forEach(l -> entries.add(new LayerEntry.File(l.target(), new Content.OnDisk(l.path()), 0644)));
        return entries;
    }

    private static EnvironmentFailure missing(String names, List<String> searched) {
        return new EnvironmentFailure(Problem.of(
                "The image needs libraries that this machine does not have in " + String.join(", ", searched) + ": "
                        + names + ".",
                "from.image",
                "Install them, or take a base image that has them."));
    }

    private static void requireMachine(List<NativeFile> image, Architecture architecture) {
        List<Problem> problems = image.stream()
                .filter(file -> file.elf().machine() != machine(architecture))
                .map(file -> Problem.of(
                        "The native file " + file.target() + " is not for " + architecture
                                + ", the instruction set of the image.",
                        "architectures",
                        "Replace it by one for " + architecture + ", or leave it out."))
                .toList();
        if (!problems.isEmpty()) {
            throw new UserFailure(problems);
        }
    }

    private static ElfMachine machine(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> ElfMachine.X86_64;
            case ARM64 -> ElfMachine.AARCH64;
        };
    }
}
