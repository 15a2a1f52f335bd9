package io.github.lambdacontainer.ecr;

import java.time.Duration;

/**
 * Tells which source of credentials is being waited for: the SDK asks containers, instances and AWS STS several times,
 * each with a limit of its own, and says nothing of it.
 */
final class CredentialWatch implements AutoCloseable {

    /** How long nobody wonders. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AwsListener listener;
    private final Duration patience;
    private final Thread thread = new Thread(this::run, "lambda-container-aws-credentials");
    private String source = "";
    private boolean closed;

    /** Tells after so long for the first time, and again whenever the time has doubled. */
    CredentialWatch(AwsListener listener, Duration patience) {
        this.listener = listener;
        this.patience = patience;
        thread.setDaemon(true);
        thread.start();
    }

    /** This source is asked from now on. */
    synchronized void asking(String name) {
        source = name;
    }

    private void run() {
        try {
            Thread.sleep(patience.toMillis());
            for (Duration since = patience; tell(since); since = since.multipliedBy(2)) {
                Thread.sleep(since.toMillis());
            }
        } catch (InterruptedException e) {
            // They were found, or there are none.
            return;
        }
    }

    private synchronized boolean tell(Duration since) {
        if (!closed) {
            listener.looking(source, since);
        }
        return !closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        thread.interrupt();
    }
}
