package io.github.lambdacontainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunLogTest {

    private final List<String> lines = new ArrayList<>();

    /** Which the console need not have. */
    @Test
    void aResponseIsPrintedInTheFunctionsOwnBytes() {
        byte[] response = {'"', (byte) 0xc3, (byte) 0xbc, (byte) 0xff, '"'};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RunLog(log(), new PrintStream(out, false, StandardCharsets.US_ASCII)).response(response);
        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .isEqualTo(new String(response, StandardCharsets.ISO_8859_1) + System.lineSeparator());
        assertThat(lines).containsExactly("Response:");
    }

    private Lines log() {
        return new Lines() {
            @Override
            public void info(String line) {
                lines.add(line);
            }

            @Override
            public void warn(String line) {}

            @Override
            public void debug(String line) {}
        };
    }
}
