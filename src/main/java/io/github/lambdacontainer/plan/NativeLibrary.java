package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.Dependency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one native library of the interface client that an image loads, so that nothing is unpacked to {@code /tmp} at
 * each start.
 *
 * @param path absolute path in the image
 * @param content where it comes from, or empty where the base has it
 */
record NativeLibrary(String path, Optional<Content> content) {

    private static final String IN_JAR = "jni/";

    /** Chooses the library of an image; empty where the client finds and unpacks one by itself. */
    static Optional<NativeLibrary> choose(
            ClientSource source,
            List<Dependency> resolved,
            Architecture architecture,
            Optional<ClientPlatform> platform,
            Findings findings) {
        if (source instanceof ClientSource.Base base) {
            return base.client().nativeLibrary().map(path -> new NativeLibrary(path, Optional.empty()));
        }
        if (source instanceof ClientSource.Project project) {
            Optional<NativeLibrary> library = ofProject(project.jars(), architecture, platform, findings);
            library.ifPresent(found -> findings.added("native library " + Placement.nameOf(found.path())
                    + " of the project's runtime interface client, so that it is not unpacked at each start"));
            return library;
        }
        if (source instanceof ClientSource.Bootstrap) {
            return Optional.empty();
        }
        Dependency client = resolved.stream()
                .filter(ClientSource::isClient)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the interface client was asked for, not given"));
        findings.added("runtime interface client " + client.version() + ": the base has none");
        return inJar(client, platform);
    }

    private static Optional<NativeLibrary> inJar(Dependency client, Optional<ClientPlatform> platform) {
        return platform.filter(p -> ClientPlatform.hasLibrariesApart(client.version()))
                .map(p -> new NativeLibrary(
                        ImagePaths.CLIENT_NATIVE + "/" + p.libraryName(),
                        Optional.of(new Content.InJar(client.path(), IN_JAR + p.libraryName()))));
    }

    /**
     * The library from the client that the project depends on. Its classifier has to fit the image; where the C
     * library of the image is not known, the project's word is taken.
     */
    private static Optional<NativeLibrary> ofProject(
            List<Dependency> clients, Architecture architecture, Optional<ClientPlatform> platform, Findings findings) {
        List<ClientPlatform> fitting = platform.map(List::of)
                .orElseGet(() -> List.of(ClientPlatform.glibc(architecture), ClientPlatform.musl(architecture)));
        for (ClientPlatform fits : fitting) {
            for (Dependency client : clients) {
                if (client.classifier().equals(fits.classifier())) {
                    return inJar(client, Optional.of(fits));
                }
            }
        }
        Optional<Dependency> carriesAll =
                clients.stream().filter(c -> c.classifier().isEmpty()).findFirst();
        if (carriesAll.isEmpty()) {
            findings.problem(otherPlatform(clients, fitting));
        }
        return carriesAll.flatMap(client -> inJar(client, platform));
    }

    /** The file to add, unless the base has it. */
    Optional<LayerEntry> entry() {
        return content.map(bytes -> new LayerEntry.File(path, bytes, 0644));
    }

    private static Problem otherPlatform(List<Dependency> clients, List<ClientPlatform> fitting) {
        String has = joined(clients.stream().map(Dependency::classifier));
        String needs = joined(fitting.stream().map(ClientPlatform::classifier));
        return Problem.of(
                "The project depends on " + clients.get(0).ga() + " for " + has + ", but the image is for " + needs
                        + ".",
                "Change the dependency's classifier to " + needs + ", or leave the dependency out to have the right"
                        + " one added.");
    }

    private static String joined(Stream<String> names) {
        return names.collect(Collectors.joining(" or "));
    }
}
