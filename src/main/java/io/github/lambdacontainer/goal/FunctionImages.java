package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.archive.LocalEngine;
import io.github.lambdacontainer.build.BuildRequest;
import io.github.lambdacontainer.build.BuiltImage;
import io.github.lambdacontainer.build.ImageBuild;
import io.github.lambdacontainer.build.PreparedImage;
import io.github.lambdacontainer.build.StartedImage;
import io.github.lambdacontainer.local.LocalImage;
import io.github.lambdacontainer.local.StagedFiles;
import io.github.lambdacontainer.local.StagedImage;
import io.github.lambdacontainer.local.Staging;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Makes images ready to run: laid out on this machine, or in a container engine where they do not run on it. */
class FunctionImages {

    private static final String SETTING = "invoke.engine";

    private final ImageBuild build;
    private final Staging staging;
    private final Engine engine;
    private final LocalEngine local;

    /** Where functions run. */
    enum Engine {
        /** On this machine, and in containers where that is not possible. */
        AUTO,
        /** On this machine and nowhere else. */
        NONE,
        /** In containers of Docker. */
        DOCKER,
        /** In containers of Podman. */
        PODMAN;

        /** The engines that come into question. */
        LocalEngine local() {
            return switch (this) {
                case AUTO, NONE -> new LocalEngine();
                case DOCKER -> LocalEngine.only("docker");
                case PODMAN -> LocalEngine.only("podman");
            };
        }
    }

    /**
     * Images of a build.
     *
     * @param build makes them
     * @param staging lays them out
     * @param engine where functions run
     * @param local finds the engine for containers
     */
    FunctionImages(ImageBuild build, Staging staging, Engine engine, LocalEngine local) {
        this.build = build;
        this.staging = staging;
        this.engine = engine;
        this.local = local;
    }

    /** Of several architectures, that of this machine. */
    BuildRequest choose(List<BuildRequest> requests) {
        return requests.stream()
                .filter(request -> staging.hasProcessor(request.settings().architecture()))
                .findFirst()
                .orElse(requests.get(0));
    }

    /**
     * Makes an image ready.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be built, or runs nowhere
     */
    StagedImage stage(BuildRequest request) {
        return switch (engine) {
            case AUTO, NONE -> here(request);
            case DOCKER -> named(request, "Docker");
            case PODMAN -> named(request, "Podman");
        };
    }

    private StagedImage here(BuildRequest request) {
        // Nothing is built for a machine that is of another kind.
        return staging.refusal(request.settings().architecture())
                .map(reason -> elsewhere(request, reason))
                .orElseGet(() -> started(request));
    }

    /** With the startup archive that the image would have, if it is there. */
    private StagedImage started(BuildRequest request) {
        PreparedImage prepared = build.prepare(request);
        Optional<StartedImage> started = build.started(prepared);
        if (started.isEmpty()) {
            return staged(request, prepared.local());
        }
        StagedImage staged = staged(request, started.get().local());
        boolean usable = staged instanceof StagedFiles files
                && files.isInPlace()
                && started.get().holds();
        if (usable || !(staged instanceof StagedFiles)) {
            return staged;
        }
        staged.close();
        return staged(request, prepared.local());
    }

    private StagedImage staged(BuildRequest request, LocalImage image) {
        return staging.stage(image, reason -> elsewhere(request, reason));
    }

    private StagedImage elsewhere(BuildRequest request, String reason) {
        String what = "The function cannot run on this machine: " + reason;
        if (engine == Engine.NONE) {
            throw new EnvironmentFailure(Problem.of(
                    what + ".", SETTING, "Leave it out, and the function runs in Docker or Podman where it has to."));
        }
        return inContainers(
                request,
                Problem.of(
                        what + ", and neither Docker (with its daemon running) nor Podman is there for a container.",
                        SETTING,
                        "Install one of them: the function then runs in a container."));
    }

    private StagedImage named(BuildRequest request, String name) {
        return inContainers(
                request,
                Problem.of(
                        "The function is to run in " + name + ", which does not answer on this machine.",
                        SETTING,
                        "Install it or start its daemon, or leave the setting out."));
    }

    private StagedImage inContainers(BuildRequest request, Problem otherwise) {
        String program = local.program().orElseThrow(() -> new EnvironmentFailure(otherwise));
        // Another machine's could not be made here, and for a run none is made anywhere.
        BuiltImage built = build.compose(Requests.withoutStartupArchive(request));
        return staging.inContainers(built.local(), program, (archive, name) -> {
            build.pack(built, archive, name);
            local.load(archive);
        });
    }
}
