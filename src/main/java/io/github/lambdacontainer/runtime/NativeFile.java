package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.elf.ElfFile;
import io.github.lambdacontainer.elf.ElfReader;
import io.github.lambdacontainer.elf.MalformedElfException;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A native file of an image.
 *
 * @param target its absolute path in the image
 * @param layer the layer it is in
 * @param elf what it needs
 */
record NativeFile(String target, String layer, ElfFile elf) {

    /** The native files among the entries of layers; files inside jars that stay jars are not looked for. */
    static List<NativeFile> of(Collection<LayerPlan> layers) throws IOException {
        List<NativeFile> files = new ArrayList<>();
        for (LayerPlan layer : layers) {
            for (LayerEntry entry : layer.entries()) {
                if (entry instanceof LayerEntry.File file) {
                    elf(file.content()).ifPresent(elf -> files.add(new NativeFile(file.target(), layer.name(), elf)));
                }
            }
        }
        return files;
    }

    String name() {
        return target.substring(target.lastIndexOf('/') + 1);
    }

    private static Optional<ElfFile> elf(Content content) throws IOException {
        try {
            if (content instanceof Content.OnDisk file) {
                return ElfReader.read(file.path());
            }
            return content instanceof Content.InJar file ? inJar(file) : Optional.empty();
        } catch (MalformedElfException e) {
            // Nor would the loader take it.
            return Optional.empty();
        }
    }

    private static Optional<ElfFile> inJar(Content.InJar file) throws IOException {
        try (ZipFile jar = new ZipFile(file.jar().toFile())) {
            ZipEntry entry = jar.getEntry(file.entry());
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return ElfReader.read(in.readAllBytes());
            }
        }
    }
}
