package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.base.BaseReader;
import io.github.lambdacontainer.build.AwsLog;
import io.github.lambdacontainer.build.ImagePublisher;
import io.github.lambdacontainer.build.RememberedJars;
import io.github.lambdacontainer.build.Rooms;
import io.github.lambdacontainer.build.TransferLog;
import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.ecr.Ecr;
import io.github.lambdacontainer.layer.LayerBuilder;
import io.github.lambdacontainer.local.Staging;
import io.github.lambdacontainer.project.ProjectReader;
import io.github.lambdacontainer.registry.Connections;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.Pusher;
import io.github.lambdacontainer.registry.Registries;
import io.github.lambdacontainer.report.BuildLog;
import io.github.lambdacontainer.runtime.CLibraries;
import io.github.lambdacontainer.runtime.JavaRuntimes;
import io.github.lambdacontainer.runtime.JdkReader;
import io.github.lambdacontainer.startup.StartupArchives;
import java.nio.file.Path;

/** The rooms put together for one run of a goal. */
final class Wiring {

    private final MavenContext maven;
    private final BuildLog log;
    private final Path cache;
    private final BlobCache blobs;
    private final FactCache facts;
    private final RegistryAccess access;
    private final Ecr ecr;
    private final Connections connections;
    private final Registries registries;
    private final Pusher pusher;

    Wiring(Parameters parameters, MavenContext maven, BuildLog log) {
        this.maven = maven;
        this.log = log;
        this.cache = parameters.cacheDirectory() == null
                ? UserCache.directory(System.getProperties(), System.getenv())
                : maven.baseDirectory().resolve(parameters.cacheDirectory().toPath());
        this.blobs = new BlobCache(cache);
        this.facts = new FactCache(cache.resolve("facts"));
        this.access = new RegistryAccess(parameters, maven);
        HttpSettings http = access.settings();
        this.ecr = new Ecr(http, new AwsLog(log));
        this.connections = new Connections(http, new TransferLog(log), Ecr::isPrivate, facts);
        this.registries = new Registries(connections, blobs, facts, access.baseCredentials(ecr), ecr.advice());
        this.pusher = new Pusher(connections, registries, access.targetCredentials(ecr), ecr.advice());
    }

    /** What a build calls. */
    Rooms rooms() {
        LayerBuilder layers = new LayerBuilder(blobs, facts);
        return new Rooms(
                new ProjectReader(new RememberedJars(layers, facts)),
                new BaseReader(registries, blobs, facts),
                new InterfaceClientResolver(maven),
                JdkReader::read,
                new JavaRuntimes(cache),
                new CLibraries(),
                layers,
                blobs,
                new StartupArchives(blobs, facts, new Staging(cache, cache.resolve("tmp"))),
                facts,
                pusher.current());
    }

    /** Where images are laid out that run on this machine. */
    Staging staging() {
        return new Staging(cache, maven.outputDirectory().resolveSibling("lambda-container-work"));
    }

    /** What a push calls; it is sure to ask a registry. */
    ImagePublisher publisher() {
        connections.prepare();
        return new ImagePublisher(pusher, ecr, log);
    }
}
