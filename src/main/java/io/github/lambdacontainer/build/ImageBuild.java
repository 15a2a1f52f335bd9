package io.github.lambdacontainer.build;

import io.github.lambdacontainer.archive.ArchiveWriter;
import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.base.BaseListener;
import io.github.lambdacontainer.base.CarriedFacts;
import io.github.lambdacontainer.base.UncompressedSizes;
import io.github.lambdacontainer.image.Composer;
import io.github.lambdacontainer.image.ContainerConfig;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.layer.BuiltLayer;
import io.github.lambdacontainer.plan.ImagePlan;
import io.github.lambdacontainer.plan.InterfaceClients;
import io.github.lambdacontainer.plan.Jdk;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.plan.Planner;
import io.github.lambdacontainer.plan.Planning;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ProjectFacts;
import io.github.lambdacontainer.report.BuildLog;
import io.github.lambdacontainer.report.ReportedBase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The main line: from a project and a base to an image. */
public final class ImageBuild {

    private final Rooms rooms;
    private final BuildLog log;

    /** A build that uses these rooms and tells this log what it does. */
    public ImageBuild(Rooms rooms, BuildLog log) {
        this.rooms = rooms;
        this.log = log;
    }

    /**
     * Builds one image and writes it.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be built; earlier results are left as they were
     */
    public BuiltImage build(BuildRequest request) {
        BuiltImage built = compose(request);
        new ImageWriter(rooms, log).write(built);
        return built;
    }

    /**
     * Composes one image: its documents and new layers are there then.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be built
     */
    public BuiltImage compose(BuildRequest request) {
        return compose(request, Optional.empty(), Stream::empty);
    }

    /**
     * Composes one image, whose push has begun already: its documents and new layers are there then; nothing of the base is downloaded
     * but what has to be known of it and the image that is replaced does not tell.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be built
     */
    public BuiltImage compose(BuildRequest request, PushesAhead pushes) {
        EarlierImages images = new EarlierImages(rooms.current(), request);
        return new ImageBuild(rooms.within(images.repository()), log)
                .compose(request, Optional.of(pushes), () -> images.labels(CarriedFacts.LABEL));
    }

    private BuiltImage compose(BuildRequest request, Optional<PushesAhead> pushes, Supplier<Stream<String>> carried) {
        CompletableFuture<ProjectFacts> reading = reading(request);
        Consumer<List<BuiltLayer>> made = layers -> pushes.ifPresent(begun -> begun.layers(request, layers));
        try (LayersAhead ahead = new LayersAhead(rooms, request, reading, made)) {
            BaseListener listener =
                    pushes.map(begun -> begun.listener(request, ahead)).orElse(ahead);
            PreparedImage prepared = prepare(request, reading, listener, carried);
            StartedLayers started = new StartupLayer(rooms, log).add(prepared, ahead.build(prepared.layers()));
            Image image = Composer.compose(
                    prepared.base().image(),
                    started.layers().stream().map(BuiltLayer::layer).toList(),
                    carrying(prepared, started.config()),
                    request.format());
            BuiltImage built = BuiltImage.of(
                    request,
                    prepared.base(),
                    prepared.plan(),
                    image,
                    started.layers(),
                    new UncompressedSizes(rooms.facts()));
            log.layers(built.report().layers());
            log.image(built.report());
            return built;
        }
    }

    /** Says what is known of the base, for those who build on it without a cache. */
    private ContainerConfig carrying(PreparedImage prepared, ContainerConfig config) {
        return CarriedFacts.of(
                        prepared.base(), prepared.request().settings().fromJava(), new UncompressedSizes(rooms.facts()))
                .map(facts -> config.withLabel(CarriedFacts.LABEL, facts))
                .orElse(config);
    }

    /**
     * Writes an image that was composed as an archive that a container engine loads, and nothing beside it.
     *
     * @param tar the file
     * @param name the name that the image has in the archive
     */
    public void pack(BuiltImage built, Path tar, String name) {
        new ArchiveWriter(rooms.blobs()).write(tar, built.image(), List.of(name), built::file);
    }

    /**
     * Finds out what an image will be, and makes what is not there of it, but packs nothing.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be built
     */
    public PreparedImage prepare(BuildRequest request) {
        return prepare(request, reading(request), likely -> {}, Stream::empty);
    }

    /**
     * The prepared image with the startup archive that it would have, where one is wanted and an earlier build left it in
     * the cache; nothing is trained for it.
     *
     * @throws io.github.lambdacontainer.problem.Failure if a file cannot be read
     */
    public Optional<StartedImage> started(PreparedImage prepared) {
        return new StartupLayer(rooms, log).find(prepared);
    }

    private PreparedImage prepare(
            BuildRequest request,
            CompletableFuture<ProjectFacts> reading,
            BaseListener listener,
            Supplier<Stream<String>> carried) {
        Base base = new ProjectBase(rooms.bases()).read(request, () -> join(reading), listener, carried);
        ProjectFacts project = join(reading);
        log.base(ReportedBase.of(base.facts(), base.digest()));
        ImagePlan plan = plan(request, project, base);
        List<LayerPlan> planned =
                new RuntimeLayers(rooms, log).below(plan, request.settings().architecture());
        return new PreparedImage(request, base, plan, planned);
    }

    private CompletableFuture<ProjectFacts> reading(BuildRequest request) {
        return CompletableFuture.supplyAsync(() -> read(request));
    }

    private ProjectFacts read(BuildRequest request) {
        ProjectFacts project = rooms.projects().read(request.project());
        rooms.layers()
                .expect(project.dependencies().stream().map(Dependency::path).toList());
        return project;
    }

    /** The project is read while the base is, for neither needs the other. */
    private static ProjectFacts join(CompletableFuture<ProjectFacts> reading) {
        try {
            return reading.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private ImagePlan plan(BuildRequest request, ProjectFacts project, Base base) {
        Optional<Jdk> jdk = Optional.of(request.jdk())
                .filter(home -> Planner.needsJdk(request.settings(), base.facts()))
                .map(rooms.jdks());
        List<Dependency> client = InterfaceClients.choose(request.settings(), project, base.facts(), jdk)
                .map(rooms.interfaceClients()::resolve)
                .orElse(List.of());
        Planning planning = Planner.plan(request.settings(), project, base.facts(), client, jdk);
        if (planning instanceof Planning.Rejected rejected) {
            throw new UserFailure(rejected.problems());
        }
        ImagePlan plan = ((Planning.Planned) planning).image();
        log.handler(plan.handler(), request.project().configuredHandler().isPresent());
        log.added(plan.added());
        plan.warnings().forEach(log::warning);
        return plan;
    }
}
