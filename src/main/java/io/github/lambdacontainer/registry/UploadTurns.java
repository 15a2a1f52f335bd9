package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Digest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** Whose turn it is to send, among all parts of one push: a few blobs at once, and each blob once. */
final class UploadTurns {

    /** As with downloads: more make an upload no faster. */
    static final int AT_ONCE = 3;

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Map<Digest, ReentrantLock> blobs = new ConcurrentHashMap<>();
    private final Set<Digest> sent = ConcurrentHashMap.newKeySet();

    /** Sends a blob when its turn comes, unless another part has sent it by then. */
    void take(Digest blob, Runnable send) throws InterruptedException {
        ReentrantLock alone = blobs.computeIfAbsent(blob, digest -> new ReentrantLock());
        alone.lockInterruptibly();
        try {
            if (!sent.contains(blob)) {
                atOnePlace(send);
                sent.add(blob);
            }
        } finally {
            alone.unlock();
        }
    }

    private void atOnePlace(Runnable send) throws InterruptedException {
        places.acquire();
        try {
            send.run();
        } finally {
            places.release();
        }
    }
}
