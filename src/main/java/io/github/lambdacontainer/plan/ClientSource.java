package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseInterfaceClient;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ProjectFacts;
import java.util.List;

/** Where the runtime interface client of an image comes from. */
sealed interface ClientSource {

    /** The AWS base image for Java starts its own, and nothing can come before it. */
    record Bootstrap() implements ClientSource {}

    /**
     * The project depends on it.
     *
     * @param jars the dependency; several where the project names several classifiers
     */
    record Project(List<Dependency> jars) implements ClientSource {}

    /**
     * Another base holds it.
     *
     * @param client what the base holds
     */
    record Base(BaseInterfaceClient client) implements ClientSource {}

    /** Nobody has it, so that it has to be added. */
    record Missing() implements ClientSource {}

    /** Decides by what is known before anything is resolved. The project's choice goes before that of the base. */
    static ClientSource of(ProjectFacts project, BaseFacts base) {
        if (base.kind() == BaseKind.AWS_JAVA) {
            return new Bootstrap();
        }
        List<Dependency> jars =
                project.dependencies().stream().filter(ClientSource::isClient).toList();
        if (!jars.isEmpty()) {
            return new Project(jars);
        }
        return base.interfaceClient().<ClientSource>map(Base::new).orElseGet(Missing::new);
    }

    /** Whether this is the interface client itself, whatever its classifier. */
    static boolean isClient(Dependency dependency) {
        return dependency.groupId().equals(InterfaceClientRequest.GROUP_ID)
                && dependency.artifactId().equals(InterfaceClientRequest.ARTIFACT_ID);
    }
}
