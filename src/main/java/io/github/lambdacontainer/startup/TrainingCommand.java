package io.github.lambdacontainer.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The command of an image as it runs from the image's files elsewhere.
 *
 * @param relocation where the files are
 * @param work a directory for argument files with other paths in them
 */
record TrainingCommand(Relocation relocation, Path work) {

    private static final String ARGUMENT_FILE = "@";

    /** The command with absolute paths. */
    List<String> absolute(List<String> words) throws IOException {
        return rewrite(words, relocation::absolute);
    }

    /** The command with absolute paths, but for argument files, whose paths start from a directory of the image. */
    List<String> fromDirectory(List<String> words, String directory) throws IOException {
        return rewrite(words, text -> relocation.relative(text, directory));
    }

    private List<String> rewrite(List<String> words, UnaryOperator<String> inFiles) throws IOException {
        List<String> rewritten = new ArrayList<>();
        for (String word : words) {
            Path file = relocation.file(word.substring(Math.min(word.length(), ARGUMENT_FILE.length())));
            if (word.startsWith(ARGUMENT_FILE) && Files.isRegularFile(file)) {
                Path here = Files.createTempFile(work, "arguments", "");
                Files.writeString(here, inFiles.apply(Files.readString(file)));
                rewritten.add(ARGUMENT_FILE + here);
            } else {
                rewritten.add(relocation.absolute(word));
            }
        }
        return rewritten;
    }
}
