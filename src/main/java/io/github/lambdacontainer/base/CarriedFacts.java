package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.BaseLayer;
import io.github.lambdacontainer.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * What was found out about a base, as a label of the images on it. A machine without a cache takes it from there, and
 * need not download a base only to describe it. It is not checked: whoever writes the label can have the image made that
 * they like, and so it counts only for the repository that the label was in.
 *
 * <p>The label is text that was deflated and encoded as base64url: a line with the form of the facts, one with the
 * manifest that they are about, one with the sizes that the layers unpack to, and the facts as JSON.
 */
public final class CarriedFacts {

    /** The name of the label. */
    public static final String LABEL = "io.github.lambdacontainer.base";

    /** Far more than the facts of common bases take: 1,600 characters for a slim Debian, 2,400 with its Java. */
    private static final int LONGEST = 8_192;

    private static final int LARGEST = 1 << 20;
    private static final int LINES = 4;

    private final FactCache cache;

    /**
     * Labels whose facts are remembered there.
     *
     * @param cache the scope of the repository that the labels are from
     */
    CarriedFacts(FactCache cache) {
        this.cache = cache;
    }

    /**
     * The value of the label of an image on this base: the same for the same base, wherever it is read from. Empty where
     * the base has no manifest of its own, where its layers are needed in any case, and where the value would be too long.
     *
     * @param fromJava the absolute path of {@code java} in the base, or empty if it was looked for
     * @param sizes the sizes that the base's layers unpack to
     */
    public static Optional<String> of(Base base, Optional<String> fromJava, UncompressedSizes sizes) {
        List<BaseLayer> layers = base.image().layers();
        boolean asStored = layers.stream()
                .allMatch(layer -> base.image().stores(layer.descriptor().digest()));
        if (base.digest().isEmpty() || !asStored) {
            return Optional.empty();
        }
        String unpacked = layers.stream()
                .map(layer -> Long.toString(
                        sizes.of(layer.diffId(), () -> base.layers().file(layer.descriptor()))))
                .collect(Collectors.joining(" "));
        String text = String.join(
                "\n",
                FactsStore.KIND,
                FactsStore.key(base.digest().get(), fromJava),
                unpacked,
                StoredFactsJson.write(stored(base.facts())));
        return Optional.of(encoded(text)).filter(value -> value.length() <= LONGEST);
    }

    private static StoredFacts stored(BaseFacts facts) {
        return StoredFacts.of(
                facts.java(),
                facts.cLibrary(),
                facts.interfaceClient(),
                new TreeSet<>(facts.libraries()),
                new TreeMap<>(facts.directoryLinks()),
                new TreeMap<>(facts.directories()));
    }

    /** Remembers what a label says, if it is about this image; whether it is. */
    boolean take(String label, BaseImage image, Optional<String> fromJava) {
        try {
            return take(decoded(label).split("\n", LINES), image, fromJava);
        } catch (IOException | IllegalArgumentException e) {
            // Somebody else's label.
            return false;
        }
    }

    private boolean take(String[] lines, BaseImage image, Optional<String> fromJava) throws IOException {
        Digest manifest = image.manifest().digest();
        boolean fits = lines.length == LINES
                && lines[0].equals(FactsStore.KIND)
                && lines[1].equals(FactsStore.key(manifest, fromJava));
        if (!fits) {
            return false;
        }
        List<Long> unpacked =
                Arrays.stream(lines[2].split(" ")).map(Long::valueOf).toList();
        StoredFacts facts = StoredFactsJson.read(lines[3]);
        boolean possible = unpacked.size() == image.layers().size()
                && unpacked.stream().allMatch(size -> size >= 0)
                && isNoneOrAbsolute(facts.javaExecutable());
        if (!possible) {
            return false;
        }
        UncompressedSizes sizes = new UncompressedSizes(cache);
        for (int i = 0; i < unpacked.size(); i++) {
            BaseLayer layer = image.layers().get(i);
            sizes.remember(layer.diffId(), unpacked.get(i));
            LayerNormalizer.remember(cache, layer.descriptor());
        }
        new FactsStore(cache).write(manifest, fromJava, facts);
        return true;
    }

    private static boolean isNoneOrAbsolute(String path) {
        return path.isEmpty() || (path.length() > 1 && path.equals(Paths.text(Paths.parts(path))));
    }

    private static String encoded(String text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory can be written", e);
        } finally {
            deflater.end();
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static String decoded(String label) throws IOException {
        Inflater inflater = new Inflater(true);
        byte[] bytes = Base64.getUrlDecoder().decode(label);
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes), inflater)) {
            byte[] text = in.readNBytes(LARGEST + 1);
            if (text.length > LARGEST) {
                throw new IOException("More than " + LARGEST + " bytes");
            }
            return new String(text, StandardCharsets.UTF_8);
        } finally {
            inflater.end();
        }
    }
}
