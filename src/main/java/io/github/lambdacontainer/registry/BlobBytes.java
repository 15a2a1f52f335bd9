package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens the blobs that are pushed, each checked as it is read; those of a base come from the cache, or on their way
 * into it, where they are.
 */
final class BlobBytes {

    private final Registries registries;
    private final PushMessages messages;

    BlobBytes(Registries registries, PushMessages messages) {
        this.registries = registries;
        this.messages = messages;
    }

    InputStream open(PushedBlob blob, Deadline deadline) {
        Descriptor descriptor = blob.descriptor();
        if (blob.source() instanceof BlobSource.InMemory memory) {
            InputStream in = new ByteArrayInputStream(memory.bytes());
            return new VerifiedStream(in, descriptor, new OfFile("The image config", Path.of(""), descriptor));
        }
        if (blob.source() instanceof BlobSource.InRegistry base) {
            OfBase complaints = new OfBase(base.reference(), descriptor);
            return cached(descriptor)
                    .or(() -> arriving(descriptor, complaints))
                    // It may have come to its end meanwhile.
                    .or(() -> cached(descriptor))
                    .orElseGet(() -> new VerifiedStream(
                            registries.stream(base.reference(), descriptor, deadline), descriptor, complaints));
        }
        return open(((BlobSource.InFile) blob.source()).path(), descriptor);
    }

    private Optional<InputStream> cached(Descriptor descriptor) {
        return registries.cached(descriptor).map(path -> open(path, descriptor));
    }

    private Optional<InputStream> arriving(Descriptor descriptor, OfBase complaints) {
        try {
            return registries.arriving(descriptor).map(in -> new VerifiedStream(in, descriptor, complaints));
        } catch (IOException e) {
            throw complaints.unreadable(e);
        }
    }

    private InputStream open(Path path, Descriptor descriptor) {
        OfFile complaints = new OfFile("'" + path + "'", path, descriptor);
        try {
            return new VerifiedStream(Files.newInputStream(path), descriptor, complaints);
        } catch (IOException e) {
            throw complaints.unreadable(e);
        }
    }

    private final class OfFile implements VerifiedStream.Complaints {

        private final String name;
        private final Path path;
        private final Descriptor blob;

        OfFile(String name, Path path, Descriptor blob) {
            this.name = name;
            this.path = path;
            this.blob = blob;
        }

        @Override
        public Failure mismatch(Optional<Digest> actual) {
            return messages.changed(name, blob, actual);
        }

        @Override
        public Failure unreadable(IOException e) {
            return messages.unreadable(path, e);
        }
    }

    private final class OfBase implements VerifiedStream.Complaints {

        private final Reference reference;
        private final Descriptor blob;

        OfBase(Reference reference, Descriptor blob) {
            this.reference = reference;
            this.blob = blob;
        }

        @Override
        public Failure mismatch(Optional<Digest> actual) {
            return registries.mismatch(reference, blob, actual);
        }

        @Override
        public Failure unreadable(IOException e) {
            return registries.brokenOff(reference, e);
        }
    }
}
