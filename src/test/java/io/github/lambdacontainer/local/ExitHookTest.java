package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends with the build ends once, and whoever asks for it finds it ended. */
@Timeout(60)
class ExitHookTest {

    @Test
    void theWorkIsDoneOnce() {
        List<String> done = new ArrayList<>();
        ExitHook hook = new ExitHook(() -> done.add("work"));
        hook.register();
        hook.run();
        hook.run();
        assertThat(done).containsExactly("work");
    }

    @Test
    void workThatFailsDoesNotKeepTheOthersFromBeingDone() {
        List<String> done = new ArrayList<>();
        new ExitHook(() -> done.add("first")).register();
        new ExitHook(() -> {
                    throw new IllegalStateException("on purpose");
                })
                .register();
        new ExitHook(() -> done.add("last")).register();
        assertThatIllegalStateException().isThrownBy(ExitHook::runAll).withMessage("on purpose");
        assertThat(done).containsExactly("last", "first");
    }

    @Test
    void workThatFailsIsNotKept() {
        List<String> done = new ArrayList<>();
        ExitHook hook = new ExitHook(() -> {
            done.add("work");
            throw new IllegalStateException("on purpose");
        });
        hook.register();
        assertThatIllegalStateException().isThrownBy(hook::run).withMessage("on purpose");
        ExitHook.runAll();
        assertThat(done).containsExactly("work");
    }

    @Test
    void whoeverComesSecondWaitsUntilItIsDone() throws InterruptedException {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExitHook hook = new ExitHook(() -> {
            begun.countDown();
            awaitUninterrupted(goOn);
            done.add("work");
        });
        Thread first = new Thread(hook::run);
        first.start();
        begun.await();
        Thread second = new Thread(() -> {
            hook.run();
            done.add("second");
        });
        second.start();
        while (second.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        first.join();
        second.join();
        assertThat(done).containsExactly("work", "second");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
