package io.github.lambdacontainer.goal;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** The Maven project and session a goal runs in. */
record MavenContext(MavenProject project, MavenSession session, MavenServices services) {

    /** The module's own directory. */
    Path baseDirectory() {
        return project.getBasedir().toPath();
    }

    /** The directory of the whole build. */
    Path rootDirectory() {
        Path root = session.getRequest()
                .getMultiModuleProjectDirectory()
                .toPath()
                .toAbsolutePath()
                .normalize();
        return baseDirectory().startsWith(root) ? root : baseDirectory();
    }

    /** Where the results of this plugin go: {@code target/lambda-container}. */
    Path outputDirectory() {
        return Path.of(project.getBuild().getDirectory(), "lambda-container");
    }

    /** Home of the JDK of Maven's toolchain, else of the one that runs Maven. */
    Path jdkHome() {
        return Optional.ofNullable(services.toolchains().getToolchainFromBuildContext("jdk", session))
                .map(toolchain -> toolchain.findTool("java"))
                .map(java -> Path.of(java).toAbsolutePath().getParent())
                .map(Path::getParent)
                .orElseGet(() -> Path.of(System.getProperty("java.home")));
    }
}
