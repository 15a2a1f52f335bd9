package io.github.lambdacontainer.base;

import io.github.lambdacontainer.base.LayerScanner.Scanned;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.BaseLayer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out what a base image holds, or remembers it from the last time. */
final class FactsReader {

    private static final List<String> AWS_ENTRYPOINT = List.of("/lambda-entrypoint.sh");
    private static final String AWS_JAVA = "/var/lang/bin/java";

    private final FactsStore store;
    private final UncompressedSizes sizes;

    FactsReader(FactCache cache) {
        this.store = new FactsStore(cache);
        this.sizes = new UncompressedSizes(cache);
    }

    /** Whether {@link #read} remembers what this image holds and need not read its layers. */
    boolean remembers(BaseImage image, Optional<String> fromJava) {
        return store.read(image.manifest().digest(), fromJava).isPresent();
    }

    BaseFacts read(BaseReference reference, FoundBase base, Architecture architecture, Optional<String> fromJava) {
        BaseImage image = base.image();
        boolean scratch = reference instanceof BaseReference.Scratch;
        Optional<StoredFacts> known = store.read(image.manifest().digest(), fromJava);
        StoredFacts facts = known.orElseGet(() -> scan(reference.text(), base, architecture, fromJava));
        if (known.isEmpty()) {
            store.write(image.manifest().digest(), fromJava, facts);
        }
        return facts.facts(reference.text(), kind(scratch, image, facts), architecture, image);
    }

    private static BaseKind kind(boolean scratch, BaseImage image, StoredFacts facts) {
        if (scratch) {
            return BaseKind.SCRATCH;
        }
        if (isOfAws(image)) {
            boolean complete = facts.javaExecutable().equals(AWS_JAVA)
                    && !facts.interfaceClientJars().isEmpty();
            return complete ? BaseKind.AWS_JAVA : BaseKind.AWS_OS_ONLY;
        }
        return facts.javaExecutable().isEmpty() ? BaseKind.WITHOUT_JAVA : BaseKind.WITH_JAVA;
    }

    static boolean isOfAws(BaseImage image) {
        return image.entrypoint().equals(AWS_ENTRYPOINT)
                && image.environment().containsKey("LAMBDA_TASK_ROOT")
                && image.environment().containsKey("LAMBDA_RUNTIME_DIR");
    }

    private StoredFacts scan(String name, FoundBase base, Architecture architecture, Optional<String> fromJava) {
        ImageTree tree = tree(new UnusableBase(name), base, architecture);
        CLibrary cLibrary = new CLibraryFinder(tree, architecture).find();
        Optional<BaseInterfaceClient> client = new InterfaceClientFinder(tree, architecture, cLibrary).find();
        Optional<BaseJava> java = new JavaFinder(tree, base.image().environment(), name).find(fromJava);
        Map<String, String> links = new TreeMap<>();
        Map<String, BaseDirectory> directories = new TreeMap<>();
        SortedSet<String> libraries = new TreeSet<>();
        tree.forEach((path, node) -> {
            if (node instanceof ImageTree.Link) {
                tree.find(path)
                        .filter(found -> found.node() instanceof ImageTree.Directory)
                        .ifPresent(found -> links.put(path, found.path()));
            } else if (node instanceof ImageTree.Directory directory
                    && (directory.mode() != 0755 || !directory.owner().equals("0:0"))) {
                directories.put(path, new BaseDirectory(directory.mode(), directory.owner()));
            }
            if (FileDetails.isLibrary(Paths.name(path)) && tree.file(path).isPresent()) {
                libraries.add(Paths.name(path));
            }
        });
        return StoredFacts.of(java, cLibrary, client, libraries, links, directories);
    }

    private ImageTree tree(UnusableBase base, FoundBase found, Architecture architecture) {
        ImageTree tree = new ImageTree();
        LayerScanner scanner = new LayerScanner(tree, new FileDetails(architecture));
        int number = 0;
        for (BaseLayer layer : found.image().layers()) {
            try {
                Scanned content = scanner.scan(number++, found.blobs().file(layer.descriptor()));
                if (!content.diffId().equals(layer.diffId())) {
                    throw LayerNormalizer.otherContent(base, layer, content.diffId());
                }
                sizes.remember(layer.diffId(), content.size());
            } catch (IOException e) {
                throw base.damaged("the layer " + layer.descriptor().digest() + " is not a whole gzip tar ("
                        + e.getMessage() + ")");
            }
        }
        return tree;
    }
}
