package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FewThreadsTest {

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatCannotBeInterruptedIsNotWaitedForWithoutEnd() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Callable<String> deaf = () -> {
            begun.countDown();
            awaitWhateverHappens(released);
            return "late";
        };
        Callable<String> failing = () -> {
            begun.await();
            throw new IllegalArgumentException("no");
        };
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new FewThreads("few-threads-test", 2).run(List.of(deaf, failing)))
                    .withMessage("no");
            assertThat(released.getCount()).isOne();
        } finally {
            released.countDown();
        }
    }

    private static void awaitWhateverHappens(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // As deaf as a read from a pipe.
                continue;
            }
        }
    }
}
