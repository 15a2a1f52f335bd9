package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.archive.LocalEngine;
import io.github.lambdacontainer.build.BuildRequest;
import io.github.lambdacontainer.build.BuiltImage;
import io.github.lambdacontainer.build.ImageBuild;
import io.github.lambdacontainer.build.ImagePublisher;
import io.github.lambdacontainer.build.PushRequest;
import io.github.lambdacontainer.build.PushesAhead;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.local.Events;
import io.github.lambdacontainer.project.HandlerFinding;
import io.github.lambdacontainer.project.ProjectInput;
import io.github.lambdacontainer.project.ProjectReader;
import io.github.lambdacontainer.report.BuildLog;
import io.github.lambdacontainer.report.CiOutputs;
import io.github.lambdacontainer.report.ConsoleLog;
import io.github.lambdacontainer.report.ImageReport;
import io.github.lambdacontainer.report.RunLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** What the goals do. */
final class Goal {

    private final Parameters parameters;
    private final MavenContext maven;
    private final BuildLog log;

    Goal(Parameters parameters, MavenContext maven, Log log) {
        this.parameters = parameters;
        this.maven = maven;
        this.log =
                new ConsoleLog(new MavenLines(log), Terminal.bar(maven.session().getRequest(), log));
    }

    /** Builds an image for each architecture. */
    List<BuiltImage> build() {
        List<BuildRequest> requests = Requests.of(parameters, maven);
        ImageBuild build = new ImageBuild(wiring().rooms(), log);
        return requests.stream().map(build::build).toList();
    }

    /** Builds as {@link #build()} does, and loads the images into the engine of this machine. */
    void load() {
        for (BuiltImage image : build()) {
            String engine = new LocalEngine().load(image.request().outputs().tar());
            log.loaded(engine, image.names());
        }
    }

    /** Pushes an image for each architecture once all of them are built, and tells GitHub Actions if it is to know. */
    void push(@Nullable Boolean ciOutputs) {
        List<BuildRequest> requests = Requests.toPush(parameters, maven);
        PushRequest push = new PushSettings(parameters.to()).request();
        Optional<CiOutputs> outputs = CiSettings.outputs(ciOutputs, System.getenv());
        CiSettings.warning(ciOutputs, outputs).ifPresent(log::warning);
        outputs.ifPresent(CiOutputs::check);
        Wiring wiring = wiring();
        ImagePublisher publisher = wiring.publisher();
        ImageBuild build = new ImageBuild(wiring.rooms(), log);
        try (PushesAhead begun = publisher.begin(requests, push)) {
            List<BuiltImage> images = requests.stream()
                    .map(request -> build.compose(request, begun))
                    .toList();
            for (BuiltImage image : images) {
                ImageReport report = publisher.push(image, push, begun);
                Optional<Architecture> architecture =
                        Optional.of(report.architecture()).filter(one -> images.size() > 1);
                outputs.ifPresent(files -> files.append(report, CiSettings.suffixes(maven, architecture)));
            }
        }
    }

    /** What runs the function on this machine, with these settings; none in a module that only helps others. */
    Optional<Running> running(InvokeOptions options, Log lines) {
        if (maven.session().getProjects().size() > 1 && hasNoFunction()) {
            lines.info("Skipped: no handler in this module.");
            return Optional.empty();
        }
        Wiring wiring = wiring();
        RunSettings settings = RunSettings.of(options, maven.project().getArtifactId(), System.getenv());
        return Optional.of(new Running(
                () -> Requests.toRun(parameters, maven),
                new FunctionImages(
                        new ImageBuild(wiring.rooms(), log),
                        wiring.staging(),
                        settings.engine(),
                        settings.engine().local()),
                settings.function(),
                new RunLog(new MavenLines(lines), System.out)));
    }

    private boolean hasNoFunction() {
        ProjectInput input = new ProjectInputs(maven, new ArrayList<>()).of(parameters);
        return new ProjectReader().read(input).handler() instanceof HandlerFinding.Unusable unusable && unusable.none();
    }

    /** Finds the events that a user names; the project keeps its own where those of the training run are. */
    Events events() {
        Path base = maven.baseDirectory();
        return new Events(
                base,
                StartupInputs.eventsDirectory(base, parameters.startup()),
                new StandardInput(maven.session().getRepositorySession().getData(), System.in));
    }

    private Wiring wiring() {
        return new Wiring(parameters, maven, log);
    }
}
