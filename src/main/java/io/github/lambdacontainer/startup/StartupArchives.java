package io.github.lambdacontainer.startup;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.Stored;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.local.StagedFiles;
import io.github.lambdacontainer.local.Staging;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.startup.StartupArchive.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes startup archives, or finds the one that an earlier build made of the same inputs. A dump does not give the same
 * bytes twice, so that one is never made again for the sake of it.
 *
 * @param blobs keeps the archives
 * @param facts remembers which archive belongs to which inputs
 * @param staging lays out the images that are trained
 */
public record StartupArchives(BlobCache blobs, FactCache facts, Staging staging) {

    private static final String KIND = "startup";
    private static final Pattern FACT = Pattern.compile("(sha256:[0-9a-f]{64}) (\\d{1,18})");

    /** The same, where the archives that were fetched within this scope are found, too. */
    public StartupArchives within(String scope) {
        return new StartupArchives(blobs, facts.within(scope), staging);
    }

    /**
     * The archive for these inputs.
     *
     * @param elsewhere asked for the archive if the cache lacks it; what it has is remembered only {@link #within} a
     *     scope
     * @throws io.github.lambdacontainer.problem.UserFailure if an event is none
     * @throws io.github.lambdacontainer.problem.EnvironmentFailure if the cache cannot be written
     */
    public StartupArchive get(TrainingRequest request, ArchiveSource elsewhere) {
        List<Event> events =
                request.settings().events().map(TrainingEvents::read).orElse(List.of());
        String key = ArchiveKey.of(request, events);
        Optional<Path> known = find(key);
        return known.map(file -> new StartupArchive.Made(file, key, Origin.CACHE))
                .or(() -> fetch(request, elsewhere, key))
                .<StartupArchive>map(Function.identity())
                .orElseGet(() -> train(request, events, key));
    }

    /**
     * The archive for these inputs if it is in the cache.
     *
     * @throws io.github.lambdacontainer.problem.UserFailure if an event is none
     */
    public Optional<StartupArchive.Made> find(TrainingRequest request) {
        List<Event> events =
                request.settings().events().map(TrainingEvents::read).orElse(List.of());
        String key = ArchiveKey.of(request, events);
        return find(key).map(file -> new StartupArchive.Made(file, key, Origin.CACHE));
    }

    private Optional<StartupArchive.Made> fetch(TrainingRequest request, ArchiveSource elsewhere, String key) {
        return elsewhere
                .find(key, layer -> blobs.storeNew(out -> ArchiveLayer.copy(layer, request.plan(), out)))
                .map(stored -> {
                    // It was not seen to be made of these inputs.
                    facts.scoped().ifPresent(scope -> remember(scope, key, stored));
                    return new StartupArchive.Made(stored.path(), key, Origin.IMAGE);
                });
    }

    private static void remember(FactCache facts, String key, Stored stored) {
        facts.write(KIND, key, stored.digest() + " " + stored.size());
    }

    private Optional<Path> find(String key) {
        Matcher fact = FACT.matcher(facts.read(KIND, key).orElse(""));
        return fact.matches()
                ? blobs.find(Digest.parse(fact.group(1)), Long.parseLong(fact.group(2)))
                : Optional.empty();
    }

    private StartupArchive train(TrainingRequest request, List<Event> events, String key) {
        try (StagedFiles image = stage(request)) {
            Training training = new Training(request, image);
            Path archive = training.archive(events);
            if (image.isInPlace()) {
                training.verify();
            } else {
                verifyElsewhere(request, archive);
            }
            Stored stored = blobs.storeNew(out -> Files.copy(archive, out));
            remember(facts, key, stored);
            return new StartupArchive.Made(stored.path(), key, Origin.TRAINING);
        } catch (TrainingException e) {
            return failed(String.valueOf(e.getMessage()), e.output());
        } catch (EnvironmentFailure e) {
            return failed(reason(e), "");
        } catch (IOException e) {
            return failed("the image's files could not be laid out and run here: " + DiskReason.withFile(e), "");
        }
    }

    private StagedFiles stage(TrainingRequest request) {
        List<String> command = new ArrayList<>(request.plan().command(List.of()));
        command.addAll(request.cmd());
        return staging.stage(request.image().withCommand(command), request.layers());
    }

    /** In the image the files are at other paths than here, and so they are in another directory. */
    private void verifyElsewhere(TrainingRequest request, Path archive) throws IOException, TrainingException {
        try (StagedFiles other = stage(request)) {
            Training training = new Training(request, other);
            Files.copy(archive, training.file());
            training.verify();
        }
    }

    /** What failed, as it follows a colon. */
    private static String reason(EnvironmentFailure failure) {
        return failure.problems().get(0).what().replaceFirst("^The ", "the ").replaceFirst("\\.$", "");
    }

    private static StartupArchive failed(String reason, String output) {
        if (Thread.currentThread().isInterrupted()) {
            throw new EnvironmentFailure(
                    Problem.of("The training of the startup archive was interrupted.", "Build again."));
        }
        return new StartupArchive.Failed(reason, output);
    }
}
