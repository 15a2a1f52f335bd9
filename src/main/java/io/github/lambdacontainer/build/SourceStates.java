package io.github.lambdacontainer.build;

import io.github.lambdacontainer.cache.FileState;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The states of all files that layers are made of: the same before and after, nobody has written to one in between.
 *
 * @param states of each, or empty for one that cannot be read
 */
record SourceStates(Map<Path, Optional<FileState>> states) {

    static SourceStates of(List<LayerPlan> plans) {
        Map<Path, Optional<FileState>> states = new TreeMap<>();
        plans.stream()
                .flatMap(plan -> plan.entries().stream())
                .flatMap(SourceStates::sources)
                .forEach(path -> states.computeIfAbsent(path, FileState::of));
        return new SourceStates(states);
    }

    private static Stream<Path> sources(LayerEntry entry) {
        return entry instanceof LayerEntry.File file ? sources(file.content()) : Stream.empty();
    }

    private static Stream<Path> sources(Content content) {
        if (content instanceof Content.OnDisk file) {
            return Stream.of(file.path());
        }
        if (content instanceof Content.InJar inJar) {
            return Stream.of(inJar.jar());
        }
        return content instanceof Content.Jar jar
                ? jar.files().stream().map(Content.Jar.Entry::source)
                : Stream.empty();
    }
}
