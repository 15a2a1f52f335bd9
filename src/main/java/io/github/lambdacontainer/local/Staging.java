package io.github.lambdacontainer.local;

import io.github.lambdacontainer.base.BaseFiles;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lays images out on this machine in a way that it can run. */
public final class Staging {

    private final Path cacheDirectory;
    private final LaidOutLayers laidOut;
    private final WorkDirectories directories;
    private final Machine machine;
    private final FilesStaging files;

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
        return new Staging(cacheDirectory, directories.parent(), machine.withoutNamespaces());
    }

    Staging(Path cacheDirectory, Path workDirectory, Machine machine) {
        this.cacheDirectory = cacheDirectory;
        this.laidOut = new LaidOutLayers(cacheDirectory);
        this.directories = new WorkDirectories(workDirectory);
        this.machine = machine;
        this.files = new FilesStaging(machine, new BaseFiles(cacheDirectory), directories);
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
        return orFail(image, planned(image));
    }

    /**
     * Lays an image out as {@link #stage(LocalImage)} does, or does something else where it cannot run on this machine.
     *
     * @param otherwise gets the reason
     */
    public StagedImage stage(LocalImage image, Function<String, StagedImage> otherwise) {
        StagingAttempt attempt = planned(image);
        return attempt.image().isPresent() ? attempt.image().get() : otherwise.apply(attempt.refusal());
    }

    /**
     * Lays out an image that is packed: what lies here is what its layers hold.
     *
     * @param layers the gzip layers on top of the base, lowest first
     * @throws EnvironmentFailure if the image cannot run on this machine, with the reasons, or the disk refuses
     */
    public StagedFiles stage(LocalImage image, List<Path> layers) {
        return orFail(image, files.attempt(image, () -> UpperLayers.packed(layers)));
    }

    private StagingAttempt planned(LocalImage image) {
        return files.attempt(image, () -> UpperLayers.planned(image, laidOut));
    }

    private static StagedFiles orFail(LocalImage image, StagingAttempt attempt) {
        return attempt.image().orElseThrow(() -> cannotRun(image, attempt.refusal()));
    }

    /**
     * Hands an image to a container engine, in whose containers its functions then run.
     *
     * @param engine the engine's program, such as {@code podman}
     * @param loader writes the image's archive and has the engine load it
     */
    public StagedImage inContainers(LocalImage image, String engine, ImageLoader loader) {
        return new EngineStaging(machine, directories).stage(image, engine, loader);
    }

    private static EnvironmentFailure cannotRun(LocalImage image, String reason) {
        return new EnvironmentFailure(Problem.of(
                "The image on the base '" + image.base().facts().name() + "' cannot run on this machine: " + reason
                        + ".",
                "Run it in a container: build it with lambda-container:load and start it with Docker or Podman."));
    }
}
