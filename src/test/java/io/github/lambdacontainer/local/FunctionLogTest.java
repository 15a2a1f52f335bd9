package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is in the log of an invocation; like a function, the process answers on another way than it prints. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class FunctionLogTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private Process process;
    private BufferedReader answers;
    private FunctionLog log;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sh", "-c", "while read -r text; do printf \"$text\"; echo answered >&2; done")
                .start();
        answers = process.errorReader();
        log = new FunctionLog(process, lines::add);
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
        log.close(LIMIT);
    }

    @Test
    void theLogOfAnInvocationIsWholeAndItsOwn() throws IOException {
        for (int i = 0; i < 300; i++) {
            log.begin("START " + i);
            print("printed " + i + "\\nand more\\n");
            log.add("END " + i);
            assertThat(log.tail()).isEqualTo("START " + i + "\nprinted " + i + "\nand more\nEND " + i + "\n");
        }
        assertThat(lines)
                .hasSize(1200)
                .startsWith("START 0", "printed 0", "and more", "END 0")
                .endsWith("START 299", "printed 299", "and more", "END 299");
    }

    @Test
    void aLineThatIsNotEndedComesBeforeThoseOfLambda() throws IOException {
        print("the end");
        log.add("END");
        assertThat(lines).containsExactly("the end", "END");
        assertThat(log.tail()).isEqualTo("the end\nEND\n");
    }

    @Test
    void whatIsPrintedIsHandedOnWithoutBeingAskedFor() throws Exception {
        print("printed\\n");
        for (int tries = 0; tries < 500 && lines.isEmpty(); tries++) {
            Thread.sleep(20);
        }
        assertThat(lines).containsExactly("printed");
    }

    @Test
    void whatWasPrintedBeforeTheEndIsHandedOnAndFurtherLinesAreAdded() throws IOException {
        print("printed\\nlast");
        process.toHandle().destroyForcibly();
        log.close(LIMIT);
        log.add("END");
        assertThat(lines).containsExactly("printed", "last", "END");
    }

    private void print(String text) throws IOException {
        process.outputWriter().write(text + "\n");
        process.outputWriter().flush();
        assertThat(answers.readLine()).isEqualTo("answered");
    }
}
