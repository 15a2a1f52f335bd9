package io.github.lambdacontainer.goal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Directories whose files go into the image beside the function. */
public final class ExtraDirectories implements Options.Group {

    /** The directories, each {@code from} the project {@code into} an absolute directory of the image. */
    @Option("src/main/lambda-container into / where that directory exists")
    private @Nullable List<ExtraPath> paths;

    /** Octal modes of extra files by a glob of their absolute path in the image; the first match holds. */
    @Option("644 for every file")
    private @Nullable List<ExtraPermission> permissions;

    /** The directories, or null where the default holds. */
    @Nullable List<ExtraPath> paths() {
        return paths;
    }

    List<ExtraPermission> permissions() {
        return permissions == null ? List.of() : permissions;
    }
}
