package io.github.lambdacontainer.goal;

import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;

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
        Toolchain toolchain = services.toolchains().getToolchainFromBuildContext("jdk", session);
        String java = toolchain == null ? null : toolchain.findTool("java");
        return java == null
                ? Path.of(System.getProperty("java.home"))
                : Path.of(java).toAbsolutePath().getParent().getParent();
    }
}
