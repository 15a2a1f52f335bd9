package io.github.lambdacontainer.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import java.util.Optional;

/** What an image runs on, in the words of image documents; an empty variant is none. */
record Platform(String os, String architecture, String variant) {

    static Platform of(Architecture architecture) {
        return new Platform("linux", architecture.ociName(), "");
    }

    static Platform of(BaseImage image) {
        return new Platform(
                image.operatingSystem().orElse("linux"),
                image.architectureName().orElse("unknown"),
                image.variant().orElse(""));
    }

    static Optional<Platform> read(JsonNode node) {
        return node.isObject()
                ? Optional.of(new Platform(
                        node.path("os").asText("linux"),
                        node.path("architecture").asText("unknown"),
                        node.path("variant").asText("")))
                : Optional.empty();
    }

    boolean is(Architecture asked) {
        return os.equals("linux") && architecture.equals(asked.ociName());
    }

    /** Whether every machine of the architecture that Lambda has runs it. */
    boolean isPlain() {
        return variant.isEmpty() || variant.equals("v8") || variant.equals("v1");
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
