package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Keeps {@link StoredFacts} by the image's manifest; each text begins with its digest, so that damage shows. */
record FactsStore(FactCache cache) {

    /** Counts up whenever facts are found in another way or written in another form. */
    static final String KIND = "base-facts-2";

    Optional<StoredFacts> read(Digest manifest, Optional<String> fromJava) {
        String text = cache.read(KIND, key(manifest, fromJava)).orElse("");
        int end = text.indexOf('\n');
        if (end < 0 || !text.substring(0, end).equals(digest(text.substring(end + 1)))) {
            return Optional.empty();
        }
        try {
            return Optional.of(StoredFactsJson.read(text.substring(end + 1)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void write(Digest manifest, Optional<String> fromJava, StoredFacts facts) {
        String json = StoredFactsJson.write(facts);
        cache.write(KIND, key(manifest, fromJava), digest(json) + "\n" + json);
    }

    static String key(Digest manifest, Optional<String> fromJava) {
        return manifest.hex() + fromJava.map(java -> "-" + digest(java)).orElse("");
    }

    private static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
