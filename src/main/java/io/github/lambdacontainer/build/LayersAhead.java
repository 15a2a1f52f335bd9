package io.github.lambdacontainer.build;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseListener;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.layer.BuiltLayer;
import io.github.lambdacontainer.plan.InterfaceClients;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.plan.Planner;
import io.github.lambdacontainer.plan.Planning;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ProjectFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the layers that an image will most likely have while its base is still read, which takes long where it has to be
 * downloaded. Layers are found again by their content, so a guess that turns out wrong has only taken time, and whatever
 * made it fail is told when the real layers are planned and made.
 */
final class LayersAhead implements BaseListener, AutoCloseable {

    private final Rooms rooms;
    private final BuildRequest request;
    private final CompletableFuture<ProjectFacts> project;
    private final Consumer<List<BuiltLayer>> made;
    private Optional<CompletableFuture<List<BuiltLayer>>> supposed = Optional.empty();
    private Optional<CompletableFuture<List<BuiltLayer>>> guessed = Optional.empty();

    /** With what is told of the layers as soon as they are made, right or wrong. */
    LayersAhead(
            Rooms rooms,
            BuildRequest request,
            CompletableFuture<ProjectFacts> project,
            Consumer<List<BuiltLayer>> made) {
        this.rooms = rooms;
        this.request = request;
        this.project = project;
        this.made = made;
    }

    /** Begins with the layers that a base of this name would get. Nobody is told of them before more is known. */
    @Override
    public void supposed(BaseFacts facts) {
        if (supposed.isEmpty() && guessed.isEmpty()) {
            supposed = Optional.of(begin(() -> make(guess(project.join(), facts))));
        }
    }

    /** Begins with the layers that suit a base like this, unless it has begun: a second guess would rarely be another. */
    @Override
    public void likely(BaseFacts facts) {
        if (guessed.isEmpty()) {
            // What has begun would be made twice by somebody who did not wait for it.
            CompletableFuture<List<BuiltLayer>> before = supposed.orElse(CompletableFuture.completedFuture(List.of()));
            guessed = Optional.of(begin(() -> {
                before.join();
                return tell(make(guess(project.join(), facts)));
            }));
        }
    }

    /** A thread of its own inherits the class loader that Jib is found with. */
    private static CompletableFuture<List<BuiltLayer>> begin(Supplier<List<BuiltLayer>> layers) {
        return CompletableFuture.supplyAsync(layers, task -> new Thread(task, "layers-ahead").start())
                .exceptionally(failure -> List.of());
    }

    private Stream<BuiltLayer> begun() {
        return Stream.of(supposed, guessed).flatMap(Optional::stream).flatMap(made -> made.join().stream());
    }

    private List<LayerPlan> guess(ProjectFacts read, BaseFacts likely) {
        List<Dependency> client = InterfaceClients.choose(request.settings(), read, likely, Optional.empty())
                .map(rooms.interfaceClients()::resolve)
                .orElse(List.of());
        Planning planning = Planner.plan(request.settings(), read, likely, client, Optional.empty());
        return planning instanceof Planning.Planned planned ? planned.image().layers() : List.of();
    }

    private List<BuiltLayer> tell(List<BuiltLayer> layers) {
        made.accept(layers);
        return layers;
    }

    private List<BuiltLayer> make(List<LayerPlan> plans) {
        return rooms.layers().build(plans, request.filesModificationTime());
    }

    /** The layers of these plans, those of the guess included; only layers of earlier builds count as reused. */
    List<BuiltLayer> build(List<LayerPlan> plans) {
        Set<Digest> made = begun().filter(built -> !built.reused())
                .map(built -> built.layer().digest())
                .collect(Collectors.toSet());
        return make(plans).stream()
                .map(built -> made.contains(built.layer().digest())
                        ? new BuiltLayer(built.layer(), built.blob(), false)
                        : built)
                .toList();
    }

    /** Waits until nothing is under way any more. */
    @Override
    public void close() {
        begun().forEach(made -> {});
    }
}
