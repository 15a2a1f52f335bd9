package io.github.lambdacontainer.local;

import io.github.lambdacontainer.emulator.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Events as the common sources send them, one resource each. */
public final class SampleEvents {

    /** What the names are written behind. */
    public static final String PREFIX = "sample:";

    /** Every sample. */
    public static final List<String> NAMES = List.of(
            "alb", "apigw-v1", "apigw-v2", "dynamodb", "eventbridge", "function-url", "kinesis", "s3", "sns", "sqs");

    private SampleEvents() {}

    /** The sample of this name, if there is one. */
    public static Optional<Payload> find(String name) {
        return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
    }

    private static Payload read(String name) {
        try (InputStream in = SampleEvents.class.getResourceAsStream("events/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("No sample " + name);
            }
            return Payload.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
