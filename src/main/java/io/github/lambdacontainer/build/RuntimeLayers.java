package io.github.lambdacontainer.build;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.plan.ImagePlan;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.report.BuildLog;
import java.util.ArrayList;
import java.util.List;

/** Puts what the base lacks below the layers of a plan: the C library lowest, for it has to fit all the others. */
final class RuntimeLayers {

    private final Rooms rooms;
    private final BuildLog log;

    RuntimeLayers(Rooms rooms, BuildLog log) {
        this.rooms = rooms;
        this.log = log;
    }

    List<LayerPlan> below(ImagePlan plan, Architecture architecture) {
        List<LayerPlan> layers = new ArrayList<>(plan.layers());
        plan.javaRuntime().map(rooms.javaRuntimes()::link).ifPresent(java -> {
            java.notes().forEach(log::warning);
            layers.add(0, java.layer());
        });
        if (plan.cLibrary()) {
            layers.add(0, rooms.cLibraries().closure(List.copyOf(layers), architecture));
        }
        return List.copyOf(layers);
    }
}
