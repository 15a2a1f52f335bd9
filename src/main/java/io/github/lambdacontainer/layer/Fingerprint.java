package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a layer is made of, by content.
 *
 * @param plan the plan, its entries sorted by target so that directories come before what is in them
 * @param contents the digest of each file's content by its target
 * @param key the digest of everything that decides the bytes of the layer
 */
record Fingerprint(LayerPlan plan, Map<String, Digest> contents, String key) {

    /** Changes when the same files would make other bytes. */
    private static final String FORMAT = "layer format 2";

    static Fingerprint of(LayerPlan plan, Map<String, Digest> contents, Instant time) {
        List<LayerEntry> sorted = plan.entries().stream()
                .sorted(Comparator.comparing(LayerEntry::target))
                .toList();
        if (sorted.stream().map(LayerEntry::target).distinct().count() != sorted.size()) {
            throw new IllegalArgumentException("The layer '" + plan.name() + "' has two entries with one target");
        }
        MessageDigest key = Digest.newMessageDigest();
        add(key, FORMAT);
        add(key, Long.toString(time.getEpochSecond()));
        for (LayerEntry entry : sorted) {
            add(key, entry.target());
            add(key, Integer.toOctalString(entry.mode()));
            if (entry instanceof LayerEntry.Directory directory) {
                add(key, "directory of " + directory.owner());
            } else {
                add(key, String.valueOf(contents.get(entry.target())));
            }
        }
        return new Fingerprint(
                new LayerPlan(plan.name(), sorted), contents, Digest.of(key).hex());
    }

    private static void add(MessageDigest key, String part) {
        key.update(part.getBytes(StandardCharsets.UTF_8));
        key.update((byte) 0);
    }
}
