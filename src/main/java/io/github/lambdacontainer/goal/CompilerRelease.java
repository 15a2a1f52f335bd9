package io.github.lambdacontainer.goal;

import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** The Java version a project compiles for, as its pom says it. */
final class CompilerRelease {

    private CompilerRelease() {}

    /** The feature version, if the pom has one that can be read. */
    static Optional<Integer> of(MavenProject project) {
        Properties properties = project.getProperties();
        return Stream.of(
                        configured(project, "release"),
                        Optional.ofNullable(properties.getProperty("maven.compiler.release")),
                        configured(project, "target"),
                        Optional.ofNullable(properties.getProperty("maven.compiler.target")))
                .flatMap(Optional::stream)
                .map(String::strip)
                .map(text -> text.startsWith("1.") ? text.substring(2) : text)
                .filter(text -> text.matches("\\d{1,3}"))
                .map(Integer::valueOf)
                .findFirst();
    }

    private static Optional<String> configured(MavenProject project, String name) {
        Plugin compiler = project.getPlugin("org.apache.maven.plugins:maven-compiler-plugin");
        return Optional.ofNullable(compiler)
                .map(Plugin::getConfiguration)
                .filter(Xpp3Dom.class::isInstance)
                .map(configuration -> ((Xpp3Dom) configuration).getChild(name))
                .map(Xpp3Dom::getValue)
                .filter(Objects::nonNull);
    }
}
