package io.github.lambdacontainer.local;

import io.github.lambdacontainer.base.BaseFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lays out an image's files in the first way of starting them that this machine allows: a namespace, else rewritten
 * paths.
 *
 * @param machine this machine
 * @param bases the unpacked bases
 * @param directories where the image's own files are
 */
record FilesStaging(Machine machine, BaseFiles bases, WorkDirectories directories) {

    /** Finds out what lies on top of the base, once it is known that the image can run here at all. */
    interface Layers {
        UpperLayers get() throws IOException;
    }

    StagingAttempt attempt(LocalImage image, Layers layers) {
        Optional<String> refused = machine.refusal(image.base().facts().architecture());
        if (refused.isPresent()) {
            return StagingAttempt.refused(refused.get());
        }
        Path base = bases.unpacked(image.base());
        return directories.with(work -> attempt(image, base, layers.get(), work), StagingAttempt::succeeded);
    }

    private StagingAttempt attempt(LocalImage image, Path base, UpperLayers layers, WorkDirectory work)
            throws IOException {
        Namespaces namespaces = new Namespaces(base, layers.laidOut(), work);
        namespaces.prepare();
        // Files are laid out meanwhile, for a namespace is seldom refused.
        CompletableFuture<Optional<String>> refusal = CompletableFuture.supplyAsync(() -> machine.refusal(namespaces));
        try {
            layers.others().write(work.files());
        } finally {
            refusal.join();
        }
        Optional<String> refused = refusal.join();
        if (refused.isEmpty()) {
            return StagingAttempt.of(new StagedFiles(image, namespaces, work));
        }
        layers.all().write(work.files());
        return relocated(image, base, work, refused.get());
    }

    private StagingAttempt relocated(LocalImage image, Path base, WorkDirectory work, String noNamespace)
            throws IOException {
        LocalImage startable = Bootstrap.replaced(image);
        Relocation relocation =
                new Relocation(base, Bootstrap.baseDirectories(image.base().facts()), work);
        relocation.prepare(startable.command(), FileTime.from(image.filesModificationTime()));
        Optional<String> alien = machine.refusal(relocation, startable);
        return alien.isPresent()
                ? StagingAttempt.refused(alien.get() + ", and " + noNamespace)
                : StagingAttempt.of(new StagedFiles(startable, relocation, work));
    }
}
