package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.Registries;
import io.github.lambdacontainer.registry.TransferListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A reader whose cache is below a directory of the test. */
record TestReader(Path directory) {

    BaseReader reader() {
        BlobCache blobs = new BlobCache(directory.resolve("cache"));
        FactCache facts = new FactCache(directory.resolve("facts"));
        Registries registries = new Registries(blobs, facts, List.of(), HttpSettings.DEFAULT, TransferListener.SILENT);
        return new BaseReader(registries, blobs, facts);
    }

    Base readLayout(TestImage image) throws IOException {
        TestLayout.of(image).write(directory.resolve("layout"));
        return read("oci:layout");
    }

    Base read(String reference) {
        return read(reference, Architecture.X86_64, Optional.empty());
    }

    Base read(String reference, Architecture architecture, Optional<String> fromJava) {
        return read(reference, architecture, fromJava, likely -> {});
    }

    Base read(String reference, BaseListener listener) {
        return read(reference, Architecture.X86_64, Optional.empty(), listener);
    }

    private Base read(String reference, Architecture architecture, Optional<String> fromJava, BaseListener listener) {
        return reader().read(
                        BaseReference.parse(reference, directory),
                        architecture,
                        ImageFormat.DOCKER,
                        fromJava,
                        listener,
                        Stream::empty);
    }
}
