package io.github.lambdacontainer.build;

import io.github.lambdacontainer.archive.ArchiveWriter;
import io.github.lambdacontainer.archive.WrittenArchives;
import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.base.UncompressedSizes;
import io.github.lambdacontainer.build.BuildRequest.Outputs;
import io.github.lambdacontainer.image.Composer;
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
import io.github.lambdacontainer.report.ImageReport;
import io.github.lambdacontainer.report.ReportFiles;
import io.github.lambdacontainer.report.ReportedBase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The main line: from a project and a base to an image in a file. */
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
        PreparedImage prepared = prepare(request);
        List<BuiltLayer> layers = rooms.layers().build(prepared.layers(), request.filesModificationTime());
        StartedLayers started = new StartupLayer(rooms, log).add(prepared, layers);
        Image image = Composer.compose(
                prepared.base().image(),
                started.layers().stream().map(BuiltLayer::layer).toList(),
                started.config(),
                request.format());
        BuiltImage built = BuiltImage.of(request, prepared.base(), prepared.plan(), image, started.layers());
        write(built);
        return built;
    }

    /**
     * Finds out what an image will be, and makes what is not there of it, but packs nothing.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be built
     */
    public PreparedImage prepare(BuildRequest request) {
        CompletableFuture<ProjectFacts> reading = CompletableFuture.supplyAsync(() -> read(request));
        Base base = new ProjectBase(rooms.bases()).read(request, () -> join(reading));
        ProjectFacts project = join(reading);
        log.base(ReportedBase.of(base.facts(), base.digest()));
        ImagePlan plan = plan(request, project, base);
        List<LayerPlan> planned =
                new RuntimeLayers(rooms, log).below(plan, request.settings().architecture());
        return new PreparedImage(request, base, plan, planned);
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

    private void write(BuiltImage built) {
        Outputs outputs = built.request().outputs();
        ImageReport report = built.report(new UncompressedSizes(rooms.facts()));
        log.layers(report.layers());
        ReportFiles reports = new ReportFiles(outputs.imageJson(), outputs.digest(), outputs.imageId());
        try (ReportFiles.Prepared prepared = reports.prepare(report)) {
            writeArchive(outputs.tar(), built);
            prepared.publish();
        }
        log.image(report);
        log.written(outputs.tar(), report.imageDigest());
    }

    private void writeArchive(Path tar, BuiltImage built) {
        WrittenArchives written = new WrittenArchives(rooms.facts());
        if (!written.holds(tar, built.image(), built.names())) {
            new ArchiveWriter().write(tar, built.image(), built.names(), built::file);
            written.remember(tar, built.image(), built.names());
        }
    }
}
