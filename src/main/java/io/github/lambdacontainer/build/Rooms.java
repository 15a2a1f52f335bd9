package io.github.lambdacontainer.build;

import io.github.lambdacontainer.base.BaseReader;
import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.layer.LayerBuilder;
import io.github.lambdacontainer.plan.Jdk;
import io.github.lambdacontainer.project.ProjectReader;
import io.github.lambdacontainer.registry.CurrentImages;
import io.github.lambdacontainer.runtime.CLibraries;
import io.github.lambdacontainer.runtime.JavaRuntimes;
import io.github.lambdacontainer.startup.StartupArchives;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What a build calls.
 *
 * @param projects reads the project
 * @param bases reads base images
 * @param interfaceClients finds the interface client
 * @param jdks reads the JDK
 * @param javaRuntimes links Java runtimes
 * @param cLibraries brings the C library
 * @param layers makes layers
 * @param blobs keeps the layers
 * @param startupArchives makes startup archives
 * @param facts remembers what was found out
 * @param current reads the images that are replaced
 */
public record Rooms(
        ProjectReader projects,
        BaseReader bases,
        InterfaceClientSource interfaceClients,
        Function<Path, Jdk> jdks,
        JavaRuntimes javaRuntimes,
        CLibraries cLibraries,
        LayerBuilder layers,
        BlobCache blobs,
        StartupArchives startupArchives,
        FactCache facts,
        CurrentImages current) {

    /** The same rooms, where what the images of this repository say of themselves counts, too. */
    Rooms within(String repository) {
        return new Rooms(
                projects,
                bases.within(repository),
                interfaceClients,
                jdks,
                javaRuntimes,
                cLibraries,
                layers,
                blobs,
                startupArchives.within(repository),
                facts.within(repository),
                current);
    }
}
