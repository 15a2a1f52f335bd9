package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.archive.LocalEngine;
import io.github.lambdacontainer.base.BaseReader;
import io.github.lambdacontainer.build.BuiltImage;
import io.github.lambdacontainer.build.ImageBuild;
import io.github.lambdacontainer.build.Rooms;
import io.github.lambdacontainer.build.TransferLog;
import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.layer.LayerBuilder;
import io.github.lambdacontainer.project.ProjectReader;
import io.github.lambdacontainer.registry.Registries;
import io.github.lambdacontainer.report.BuildLog;
import io.github.lambdacontainer.report.ConsoleLog;
import io.github.lambdacontainer.runtime.CLibraries;
import io.github.lambdacontainer.runtime.JavaRuntimes;
import io.github.lambdacontainer.runtime.JdkReader;
import io.github.lambdacontainer.startup.StartupArchives;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.logging.Log;

/** What the goals do, with the rooms put together for one run. */
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
        ImageBuild build = new ImageBuild(rooms(), log);
        return Requests.of(parameters, maven).stream().map(build::build).toList();
    }

    /** Builds as {@link #build()} does, and loads the images into the engine of this machine. */
    void load() {
        for (BuiltImage image : build()) {
            String engine = new LocalEngine().load(image.request().outputs().tar());
            log.loaded(engine, image.names());
        }
    }

    private Rooms rooms() {
        Path cache = parameters.cacheDirectory() == null
                ? UserCache.directory(System.getProperties(), System.getenv())
                : maven.baseDirectory().resolve(parameters.cacheDirectory().toPath());
        BlobCache blobs = new BlobCache(cache);
        FactCache facts = new FactCache(cache.resolve("facts"));
        RegistryAccess access = new RegistryAccess(parameters, maven);
        Registries registries =
                new Registries(blobs, facts, access.credentials(), access.settings(), new TransferLog(log));
        return new Rooms(
                new ProjectReader(),
                new BaseReader(registries, blobs, facts),
                new InterfaceClientResolver(maven),
                JdkReader::read,
                new JavaRuntimes(cache),
                new CLibraries(),
                new LayerBuilder(blobs, facts),
                new StartupArchives(blobs, facts),
                facts);
    }
}
