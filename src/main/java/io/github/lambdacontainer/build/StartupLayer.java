package io.github.lambdacontainer.build;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.image.BaseLayer;
import io.github.lambdacontainer.image.ContainerConfig;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.layer.BuiltLayer;
import io.github.lambdacontainer.local.LocalImage;
import io.github.lambdacontainer.plan.ImagePlan;
import io.github.lambdacontainer.plan.StartupPlan;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.report.BuildLog;
import io.github.lambdacontainer.startup.StartupArchive;
import io.github.lambdacontainer.startup.TrainingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts the startup archive on top of the layers, and its flags into the ENTRYPOINT, where both are wanted and possible. */
final class StartupLayer {

    /** The label that names everything an image's archive was made of. */
    static final String LABEL = "io.github.lambdacontainer.startup";

    private final Rooms rooms;
    private final BuildLog log;

    StartupLayer(Rooms rooms, BuildLog log) {
        this.rooms = rooms;
        this.log = log;
    }

    StartedLayers add(PreparedImage prepared, List<BuiltLayer> layers) {
        BuildRequest request = prepared.request();
        ImagePlan plan = prepared.plan();
        StartedLayers without = new StartedLayers(layers, plan.config());
        if (plan.startup().isEmpty()) {
            return without;
        }
        StartupPlan startup = plan.startup().get();
        TrainingRequest training = training(prepared, layers, startup);
        EarlierImages images = new EarlierImages(rooms.current(), request);
        StartupArchive archive = rooms.startupArchives()
                .within(images.repository())
                .get(training, new EarlierArchive(images, training.identity(), log));
        if (archive instanceof StartupArchive.Made made) {
            log.added(added(startup, made));
            List<BuiltLayer> top =
                    rooms.layers().build(List.of(startup.layer(made.file())), request.filesModificationTime());
            return new StartedLayers(
                    Stream.concat(layers.stream(), top.stream()).toList(), started(plan.config(), startup, made.key()));
        }
        return without(request, (StartupArchive.Failed) archive, without);
    }

    /**
     * The image as it would be run with the archive that an earlier build made of exactly its bytes. Nothing is made for
     * it, neither layers nor an archive.
     */
    Optional<StartedImage> find(PreparedImage prepared) {
        if (prepared.plan().startup().isEmpty()) {
            return Optional.empty();
        }
        StartupPlan startup = prepared.plan().startup().get();
        BuildRequest request = prepared.request();
        SourceStates states = SourceStates.of(prepared.layers());
        String repository = new EarlierImages(rooms.current(), request).repository();
        return rooms.layers()
                .find(prepared.layers(), request.filesModificationTime())
                .flatMap(layers -> rooms.startupArchives().within(repository).find(training(prepared, layers, startup)))
                .map(made -> {
                    log.added(added(startup, made));
                    return new StartedImage(started(prepared, startup, made), prepared.layers(), states);
                });
    }

    private static LocalImage started(PreparedImage prepared, StartupPlan startup, StartupArchive.Made made) {
        List<String> command = new ArrayList<>(startup.entrypoint());
        command.addAll(prepared.plan().config().cmd());
        return prepared.local().with(command, startup.layer(made.file()));
    }

    private static List<String> added(StartupPlan startup, StartupArchive.Made made) {
        return List.of(startup.kind() + " of " + made.origin() + ": asked for by startup.mode");
    }

    private StartedLayers without(BuildRequest request, StartupArchive.Failed failed, StartedLayers without) {
        if (request.settings().startup().required()) {
            throw new EnvironmentFailure(Problem.of(
                    "The startup archive could not be made: " + failed.text(),
                    "startup.required",
                    "Set right what it says, or set this to false to have the image without the archive."));
        }
        log.warning("The image has no startup archive: " + failed.text());
        return without;
    }

    private static TrainingRequest training(PreparedImage prepared, List<BuiltLayer> layers, StartupPlan startup) {
        Base base = prepared.base();
        Stream<Digest> below = base.image().layers().stream().map(BaseLayer::diffId);
        Stream<Digest> above = layers.stream().map(layer -> layer.layer().diffId());
        return new TrainingRequest(
                startup,
                prepared.request().settings().startup(),
                prepared.plan().config().cmd(),
                prepared.local(),
                layers.stream().map(BuiltLayer::blob).toList(),
                Stream.concat(below, above).toList());
    }

    private static ContainerConfig started(ContainerConfig config, StartupPlan startup, String key) {
        Map<String, String> labels = new TreeMap<>(config.labels());
        labels.put(LABEL, key);
        return new ContainerConfig(
                Optional.of(startup.entrypoint()),
                config.cmd(),
                config.environment(),
                labels,
                config.workingDirectory(),
                config.user(),
                config.created());
    }
}
