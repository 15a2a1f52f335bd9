package io.github.lambdacontainer.archive;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A file that has to hold exactly what its descriptor says.
 *
 * @param known whether it was seen to do so just now, so that it need not be digested again
 */
record VerifiedBlob(Descriptor descriptor, Path file, boolean known) {

    void copyTo(OutputStream out, int bufferSize) throws IOException {
        MessageDigest computation = Digest.newMessageDigest();
        byte[] buffer = new byte[bufferSize];
        long left = descriptor.size();
        try (InputStream in = open()) {
            for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
                left -= count;
                if (left < 0) {
                    throw damaged();
                }
                if (!known) {
                    computation.update(buffer, 0, count);
                }
                out.write(buffer, 0, count);
            }
        }
        boolean same = known || Digest.of(computation).equals(descriptor.digest());
        if (left != 0 || !same) {
            throw damaged();
        }
    }

    private InputStream open() {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private EnvironmentFailure unreadable(IOException cause) {
        return new EnvironmentFailure(
                Problem.of(
                        "The layer " + descriptor.digest() + " could not be read from '" + file + "'.",
                        "Run the build again; what is missing is made or fetched anew."),
                cause);
    }

    private EnvironmentFailure damaged() {
        return new EnvironmentFailure(Problem.of(
                "The file '" + file + "' does not hold the layer " + descriptor.digest() + " of " + descriptor.size()
                        + " bytes.",
                "Run the build again; what is damaged is made or fetched anew."));
    }
}
