package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.aether.DefaultSessionData;
import org.eclipse.aether.SessionData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What modules get that read the one standard input of their build. */
@Timeout(30)
class StandardInputTest {

    private final SessionData session = new DefaultSessionData();
    private final InputStream source = new ByteArrayInputStream("{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8));

    /** Each module makes its own. */
    private String read() throws IOException {
        try (InputStream in = new StandardInput(session, source).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyModuleGetsTheWholeOfIt() throws IOException {
        assertThat(read()).isEqualTo("{\"name\":\"Ada\"}");
        assertThat(read()).isEqualTo("{\"name\":\"Ada\"}");
    }

    @Test
    void modulesAtTheSameTimeGetTheSame() throws Exception {
        ExecutorService modules = Executors.newFixedThreadPool(2);
        try {
            Callable<String> module = this::read;
            Future<String> one = modules.submit(module);
            Future<String> other = modules.submit(module);
            assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo("{\"name\":\"Ada\"}");
            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("{\"name\":\"Ada\"}");
        } finally {
            modules.shutdownNow();
        }
    }

    @Test
    void whatCannotBeReadIsTold() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Bad file descriptor");
            }
        };
        assertThatThrownBy(() -> new StandardInput(session, broken).open())
                .isInstanceOf(IOException.class)
                .hasMessage("Bad file descriptor");
    }
}
