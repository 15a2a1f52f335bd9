package io.github.lambdacontainer.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.RawJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the one image for an architecture in {@code index.json} and the indexes below it.
 *
 * @param platformOf the platform of an entry whose index does not say it
 */
record IndexReader(ImageDocuments documents, UnusableBase base, Function<IndexEntry, Platform> platformOf) {

    static final String INDEX = "index.json";

    private static final int MOST_INDEXES = 100;

    IndexEntry choose(Architecture architecture) {
        List<IndexEntry> entries = new ArrayList<>();
        collect(INDEX, documents.document(INDEX), entries, new HashSet<>());
        if (entries.isEmpty()) {
            throw base.damaged("its index lists no image");
        }
        Set<Platform> there = new LinkedHashSet<>();
        Map<Digest, IndexEntry> matching = new LinkedHashMap<>();
        Map<Digest, IndexEntry> plain = new LinkedHashMap<>();
        for (IndexEntry entry : entries) {
            Platform platform = entry.platform().orElseGet(() -> platformOf.apply(entry));
            there.add(platform);
            if (platform.is(architecture)) {
                matching.putIfAbsent(entry.descriptor().digest(), entry);
                if (platform.isPlain()) {
                    plain.putIfAbsent(entry.descriptor().digest(), entry);
                }
            }
        }
        if (matching.isEmpty()) {
            throw PlatformFailures.notThere(base, architecture, there);
        }
        return only(architecture, plain.isEmpty() ? matching : plain);
    }

    private IndexEntry only(Architecture architecture, Map<Digest, IndexEntry> matching) {
        if (matching.size() > 1) {
            String list = matching.values().stream().map(IndexEntry::label).collect(Collectors.joining(", "));
            throw base.because(
                    "it holds " + matching.size() + " images for " + Platform.of(architecture) + ": " + list,
                    "Store the one to build on alone, for example with 'skopeo copy'.");
        }
        return matching.values().iterator().next();
    }

    private void collect(String path, RawJson index, List<IndexEntry> found, Set<Digest> visited) {
        if (!visited.add(index.digest())) {
            return;
        }
        if (visited.size() > MOST_INDEXES) {
            throw base.damaged("it has more than " + MOST_INDEXES + " indexes");
        }
        for (JsonNode node : documents.json(path, index).path("manifests")) {
            IndexEntry entry = entry(path, node);
            if (entry.isIndex()) {
                String child = entry.descriptor().digest().layoutPath();
                collect(child, documents.document(entry.descriptor()), found, visited);
            } else if (entry.isImage()) {
                found.add(entry);
            }
        }
    }

    private IndexEntry entry(String path, JsonNode node) {
        try {
            return IndexEntry.read(node);
        } catch (IllegalArgumentException e) {
            throw base.damaged("an entry of '" + path + "' names no image: " + e.getMessage());
        }
    }
}
