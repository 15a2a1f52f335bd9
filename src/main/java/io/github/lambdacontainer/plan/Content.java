package io.github.lambdacontainer.plan;

import java.nio.file.Path;
import java.util.List;

/** Where the bytes of a planned file come from. */
public sealed interface Content {

    /**
     * A file on the build machine.
     *
     * @param path the file
     */
    record OnDisk(Path path) implements Content {}

    /**
     * A file inside a jar on the build machine.
     *
     * @param jar the jar
     * @param entry the name of the entry
     */
    record InJar(Path jar, String entry) implements Content {}

    /**
     * Text made by the plan, written as UTF-8.
     *
     * @param text the text
     */
    record Text(String text) implements Content {}

    /**
     * A jar of the project's classes and resources, made while the layer is; the same files make the same jar.
     *
     * @param files what is in it
     */
    record Jar(List<Jar.Entry> files) implements Content {

        /**
         * A file of the jar.
         *
         * @param name its path in the jar
         * @param source where it is on the build machine
         */
        public record Entry(String name, Path source) {}
    }
}
