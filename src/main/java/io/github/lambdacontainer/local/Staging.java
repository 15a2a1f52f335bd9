package io.github.lambdacontainer.local;

import io.github.lambdacontainer.base.BaseFiles;
import io.github.lambdacontainer.base.LayerUnpacker;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/** Lays images out on this machine in a way that it can run. */
public final class Staging {

    private final BaseFiles bases;
    private final Path workDirectory;
    private final Machine machine;

    /**
     * Lays images out below a directory.
     *
     * @param cacheDirectory where bases are unpacked once
     * @param workDirectory where each image gets a directory for as long as it runs
     */
    public Staging(Path cacheDirectory, Path workDirectory) {
        this(new BaseFiles(cacheDirectory), workDirectory, new Machine());
    }

    /** The same, but never in a namespace. */
    public Staging withoutNamespaces() {
        return new Staging(bases, workDirectory, machine.withoutNamespaces());
    }

    Staging(BaseFiles bases, Path workDirectory, Machine machine) {
        this.bases = bases;
        this.workDirectory = workDirectory;
        this.machine = machine;
    }

    /** Whether this machine runs programs for this instruction set. */
    public boolean runs(Architecture architecture) {
        return machine.refusal(architecture).isEmpty();
    }

    /**
     * Lays an image out, in a namespace if this machine allows it, else with the paths of its command rewritten.
     *
     * @throws EnvironmentFailure if the image cannot run on this machine, with the reasons, or the disk refuses
     */
    public StagedImage stage(LocalImage image) {
        return stage(image, root -> new LaidOutFiles(root).write(image.layers(), image.filesModificationTime()));
    }

    /**
     * The same for an image that is packed: what lies here is what its layers hold.
     *
     * @param layers the gzip layers on top of the base, lowest first
     * @throws EnvironmentFailure if the image cannot run on this machine, with the reasons, or the disk refuses
     */
    public StagedImage stage(LocalImage image, List<Path> layers) {
        return stage(image, root -> {
            LayerUnpacker unpacker = new LayerUnpacker(root);
            for (Path layer : layers) {
                unpacker.unpack(layer);
            }
        });
    }

    /** Writes the files on top of the base. */
    private interface Content {
        void write(Path root) throws IOException;
    }

    private StagedImage stage(LocalImage image, Content content) {
        machine.refusal(image.base().facts().architecture()).ifPresent(reason -> {
            throw cannotRun(image, reason);
        });
        Path base = bases.unpacked(image.base());
        try {
            WorkDirectory work = WorkDirectory.create(workDirectory);
            try {
                content.write(work.files());
                return stage(image, base, work);
            } catch (IOException | RuntimeException e) {
                work.close();
                throw e;
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

    private StagedImage stage(LocalImage image, Path base, WorkDirectory work) throws IOException {
        Namespaces namespaces = new Namespaces(base, work);
        namespaces.prepare();
        Optional<String> refused = machine.refusal(namespaces);
        if (refused.isEmpty()) {
            return new StagedImage(image, namespaces, work);
        }
        LocalImage startable = Bootstrap.replaced(image);
        Relocation relocation =
                new Relocation(base, Bootstrap.baseDirectories(image.base().facts()), work);
        relocation.prepare(startable.command(), FileTime.from(image.filesModificationTime()));
        Optional<String> alien = machine.refusal(relocation, startable);
        if (alien.isPresent()) {
            throw cannotRun(image, alien.get() + ", and " + refused.get());
        }
        return new StagedImage(startable, relocation, work);
    }

    private static EnvironmentFailure cannotRun(LocalImage image, String reason) {
        return new EnvironmentFailure(Problem.of(
                "The image on the base '" + image.base().facts().name() + "' cannot run on this machine: " + reason
                        + ".",
                "Run it in a container: build it with lambda-container:load and start it with Docker or Podman."));
    }
}
