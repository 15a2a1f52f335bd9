package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.project.ProjectFacts;
import java.util.Optional;

/** Chooses the runtime interface client that Maven has to resolve before an image can be planned. */
public final class InterfaceClients {

    private InterfaceClients() {}

    /**
     * The client to resolve, or empty where the base or the project has it already.
     *
     * @param jdk the JDK a Java runtime may be linked from; on {@code scratch} its C library becomes the image's
     */
    public static Optional<InterfaceClientRequest> choose(
            Settings settings, ProjectFacts project, BaseFacts base, Optional<Jdk> jdk) {
        if (!(ClientSource.of(project, base) instanceof ClientSource.Missing)) {
            return Optional.empty();
        }
        String version = settings.runtime().interfaceClient();
        Optional<String> classifier = ClientPlatform.of(settings.architecture(), base, jdk)
                .filter(platform -> ClientPlatform.hasLibrariesApart(version))
                .map(ClientPlatform::classifier);
        return Optional.of(new InterfaceClientRequest(version, classifier));
    }
}
