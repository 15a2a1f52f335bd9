package io.github.lambdacontainer.local;

import io.github.lambdacontainer.base.BaseFiles;
import io.github.lambdacontainer.base.LayerUnpacker;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Lays images out on this machine in a way that it can run. */
public final class Staging {

    private final Path cacheDirectory;
    private final BaseFiles bases;
    private final LaidOutLayers laidOut;
    private final Path workDirectory;
    private final Machine machine;

    /**
     * Lays images out below a directory.
     *
     * @param cacheDirectory where bases, and layers that are made of its files, are laid out once
     * @param workDirectory where each image gets a directory for as long as it runs
     */
    public Staging(Path cacheDirectory, Path workDirectory) {
        this(cacheDirectory, workDirectory, new Machine());
    }

    /** The same, but never in a namespace. */
    public Staging withoutNamespaces() {
        return new Staging(cacheDirectory, workDirectory, machine.withoutNamespaces());
    }

    Staging(Path cacheDirectory, Path workDirectory, Machine machine) {
        this.cacheDirectory = cacheDirectory;
        this.bases = new BaseFiles(cacheDirectory);
        this.laidOut = new LaidOutLayers(cacheDirectory);
        this.workDirectory = workDirectory;
        this.machine = machine;
    }

    /** Whether this machine runs programs for this instruction set. */
    public boolean runs(Architecture architecture) {
        return refusal(architecture).isEmpty();
    }

    /** Why no program of an image for this instruction set can run on this machine, in words that follow "because". */
    public Optional<String> refusal(Architecture architecture) {
        return machine.refusal(architecture);
    }

    /** Whether the processor of this machine has this instruction set, whatever its system is. */
    public boolean hasProcessor(Architecture architecture) {
        return machine.hasProcessor(architecture);
    }

    /**
     * Lays an image out, in a namespace if this machine allows it, else with the paths of its command rewritten.
     *
     * @throws EnvironmentFailure if the image cannot run on this machine, with the reasons, or the disk refuses
     */
    public StagedFiles stage(LocalImage image) {
        return orFail(image, attempt(image, () -> planned(image)));
    }

    /**
     * Lays an image out as {@link #stage(LocalImage)} does, or does something else where it cannot run on this machine.
     *
     * @param otherwise gets the reason
     */
    public StagedImage stage(LocalImage image, Function<String, StagedImage> otherwise) {
        Attempt<StagedFiles> attempt = attempt(image, () -> planned(image));
        return attempt.image().isPresent() ? attempt.image().get() : otherwise.apply(attempt.refusal());
    }

    /**
     * Lays out an image that is packed: what lies here is what its layers hold.
     *
     * @param layers the gzip layers on top of the base, lowest first
     * @throws EnvironmentFailure if the image cannot run on this machine, with the reasons, or the disk refuses
     */
    public StagedFiles stage(LocalImage image, List<Path> layers) {
        return orFail(image, attempt(image, () -> packed(layers)));
    }

    private static StagedFiles orFail(LocalImage image, Attempt<StagedFiles> attempt) {
        return attempt.image().orElseThrow(() -> cannotRun(image, attempt.refusal()));
    }

    /**
     * What lies on top of the base.
     *
     * @param laidOut directories that hold layers already, topmost first
     * @param others writes the other layers
     * @param all writes all layers
     */
    private record Content(List<Path> laidOut, Writer others, Writer all) {}

    /** Finds out what lies on top of the base. */
    private interface Contents {
        Content get() throws IOException;
    }

    /** Writes files below a directory. */
    private interface Writer {
        void write(Path root) throws IOException;
    }

    private Content planned(LocalImage image) throws IOException {
        Instant time = image.filesModificationTime();
        LaidOutLayers.Split split = laidOut.split(image.layers());
        return new Content(
                split.directories(),
                root -> new LaidOutFiles(root).write(split.others(), time),
                root -> new LaidOutFiles(root).write(image.layers(), time));
    }

    private static Content packed(List<Path> layers) {
        Writer unpacked = root -> {
            LayerUnpacker unpacker = new LayerUnpacker(root);
            for (Path layer : layers) {
                unpacker.unpack(layer);
            }
        };
        return new Content(List.of(), unpacked, unpacked);
    }

    /** An image that runs, or why it does not. */
    private record Attempt<T extends StagedImage>(Optional<T> image, String refusal) {}

    /** Something that begins in a work directory, which stays if an image comes of it. */
    private interface Work<T extends StagedImage> {
        Attempt<T> in(WorkDirectory work) throws IOException;
    }

    private Attempt<StagedFiles> attempt(LocalImage image, Contents contents) {
        Optional<String> refused = refusal(image.base().facts().architecture());
        if (refused.isPresent()) {
            return new Attempt<>(Optional.empty(), refused.get());
        }
        Path base = bases.unpacked(image.base());
        return inWorkDirectory(work -> lay(image, base, contents.get(), work));
    }

    private <T extends StagedImage> Attempt<T> inWorkDirectory(Work<T> task) {
        try {
            WorkDirectory work = WorkDirectory.create(workDirectory);
            boolean used = false;
            try {
                Attempt<T> attempt = task.in(work);
                used = attempt.image().isPresent();
                return attempt;
            } finally {
                if (!used) {
                    work.close();
                }
            }
        } catch (IOException e) {
            throw new EnvironmentFailure(
                    Problem.of(
                            "The files of the image could not be laid out in '" + workDirectory + "': "
                                    + DiskReason.withFile(e) + ".",
                            "Free some space there, or make the directory writable."),
                    e);
        }
    }

    private Attempt<StagedFiles> lay(LocalImage image, Path base, Content content, WorkDirectory work)
            throws IOException {
        Namespaces namespaces = new Namespaces(base, content.laidOut(), work);
        namespaces.prepare();
        // Files are laid out meanwhile, for a namespace is seldom refused.
        CompletableFuture<Optional<String>> refusal = CompletableFuture.supplyAsync(() -> machine.refusal(namespaces));
        try {
            content.others().write(work.files());
        } finally {
            refusal.join();
        }
        Optional<String> refused = refusal.join();
        if (refused.isEmpty()) {
            return new Attempt<>(Optional.of(new StagedFiles(image, namespaces, work)), "");
        }
        content.all().write(work.files());
        LocalImage startable = Bootstrap.replaced(image);
        Relocation relocation =
                new Relocation(base, Bootstrap.baseDirectories(image.base().facts()), work);
        relocation.prepare(startable.command(), FileTime.from(image.filesModificationTime()));
        Optional<String> alien = machine.refusal(relocation, startable);
        if (alien.isPresent()) {
            return new Attempt<>(Optional.empty(), alien.get() + ", and " + refused.get());
        }
        return new Attempt<>(Optional.of(new StagedFiles(startable, relocation, work)), "");
    }

    /**
     * Hands an image to a container engine, in whose containers its functions then run.
     *
     * @param engine the engine's program, such as {@code podman}
     * @param loader writes the image's archive and has the engine load it
     */
    public StagedImage inContainers(LocalImage image, String engine, Loader loader) {
        String platform = "linux/" + image.base().facts().architecture().ociName();
        Attempt<StagedImage> attempt = inWorkDirectory(work -> {
            String name = "localhost/lambda-container:" + work.name();
            EngineWay way = new EngineWay(new EngineProgram(engine), name, platform, machine.isLinux());
            boolean loaded = false;
            try {
                loader.load(work.archive(), name);
                Files.delete(work.archive());
                loaded = true;
            } finally {
                if (!loaded) {
                    way.close();
                }
            }
            return new Attempt<>(Optional.of(new StagedImage(image, way, work)), "");
        });
        return attempt.image().orElseThrow();
    }

    /** Brings an image into an engine. */
    @FunctionalInterface
    public interface Loader {

        /**
         * Writes an archive and has it loaded.
         *
         * @param archive the file to write
         * @param name the name that the image is to have in the engine
         */
        void load(Path archive, String name);
    }

    private static EnvironmentFailure cannotRun(LocalImage image, String reason) {
        return new EnvironmentFailure(Problem.of(
                "The image on the base '" + image.base().facts().name() + "' cannot run on this machine: " + reason
                        + ".",
                "Run it in a container: build it with lambda-container:load and start it with Docker or Podman."));
    }
}
