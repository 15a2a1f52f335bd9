package io.github.lambdacontainer.goal;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** A directory whose files go into the image. {@code <path>DIR</path>} is short for {@code <path><from>DIR</from></path>}. */
public final class ExtraPath {

    private @Nullable File from;
    private String into = "/";

    static ExtraPath of(String directory) {
        ExtraPath path = new ExtraPath();
        path.set(new File(directory));
        return path;
    }

    /** Takes the short form. */
    public void set(File directory) {
        from = directory;
    }

    @Nullable File from() {
        return from;
    }

    String into() {
        return into;
    }
}
