package io.github.lambdacontainer.goal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The image to build. {@code <to>IMAGE</to>} is short for {@code <to><image>IMAGE</image></to>}. */
public final class To implements Options.ShortForm {

    /** The name of the image, with a tag if wanted, such as {@code 123456789012.dkr.ecr.eu-west-1.amazonaws.com/fn:1}. */
    @Option("the project's artifactId and version")
    private @Nullable String image;

    /** More tags for the same image. */
    @Option("the tag of the image's name alone")
    private @Nullable List<String> tags;

    @Override
    public void set(String shorthand) {
        image = shorthand;
    }

    @Nullable String image() {
        return image;
    }

    List<String> tags() {
        return tags == null ? List.of() : tags;
    }
}
