package io.github.lambdacontainer.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;

/**
 * The history of a config: one entry for each layer and one, marked {@code empty_layer}, for each step that made none
 * (OCI image specification, config.md). The field is optional, but tools that pair entries with layers refuse an image
 * that has fewer entries than layers.
 *
 * @param entries the entries, first to last
 */
record History(ArrayNode entries) {

    private static final String CREATED_BY = "lambda-container-maven-plugin";

    /** Adds what the base's history lacks of its own layers, so that entries added next stand for the layers added next. */
    void pad(int layers) {
        for (int described = described(); described < layers; described++) {
            entries.addObject().put("created_by", CREATED_BY).put("comment", "layer of the base image");
        }
    }

    void add(String comment, Instant created) {
        entries.addObject()
                .put("created", created.toString())
                .put("created_by", CREATED_BY)
                .put("comment", comment);
    }

    private int described() {
        int described = 0;
        for (var entry : entries) {
            described += entry.path("empty_layer").booleanValue() ? 0 : 1;
        }
        return described;
    }
}
