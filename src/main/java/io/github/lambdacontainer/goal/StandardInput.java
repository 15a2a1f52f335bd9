package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.emulator.Payload;
import io.github.lambdacontainer.local.Events;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.aether.SessionData;

/** The event on Maven's standard input, which can be read once and is the event of every module that runs a function. */
final class StandardInput implements Events.Input {

    private static final String KEY = StandardInput.class.getName();

    private final SessionData session;
    private final InputStream source;

    /**
     * Reads this for all modules.
     *
     * @param session what the modules of a build share; it holds types of the JDK only, for each module may have classes
     *     of its own
     */
    StandardInput(SessionData session, InputStream source) {
        this.session = session;
        this.source = source;
    }

    /** Waits for whoever reads first; can be interrupted unless it reads itself. */
    @Override
    public InputStream open() throws IOException {
        session.set(KEY, null, new FutureTask<>(() -> source.readNBytes(Payload.LARGEST_EVENT + 1)));
        FutureTask<?> reading = (FutureTask<?>) session.get(KEY);
        reading.run();
        try {
            return new ByteArrayInputStream((byte[]) reading.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while standard input was read");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }
}
