package io.github.lambdacontainer.plan;

import java.util.List;

/**
 * The explicit class path of a function, which does not depend on the working directory.
 *
 * @param entries absolute paths in the image
 */
record ClassPath(List<String> entries) {

    /** As {@code java -cp} takes it on Linux. */
    String text() {
        return String.join(":", entries);
    }

    /** As an argument file for the {@code java} launcher of Java 9 and newer. */
    LayerEntry argumentFile() {
        return new LayerEntry.File(
                ImagePaths.CLASS_PATH, new Content.Text(ArgumentFile.of(List.of("-cp", text()))), 0644);
    }
}
