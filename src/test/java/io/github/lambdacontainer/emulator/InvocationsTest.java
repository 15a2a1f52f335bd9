package io.github.lambdacontainer.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long an invocation is kept, and when its time begins. */
@Timeout(60)
class InvocationsTest {

    private static final Duration QUARTER_OF_AN_HOUR = Duration.ofMinutes(15);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Invocations invocations = new Invocations();

    @Test
    void anInvocationThatIsAnsweredIsNotKept() throws InterruptedException {
        WeakReference<Payload> event = answered();
        for (int tries = 0; tries < 500 && event.get() != null; tries++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(event.get()).isNull();
    }

    private WeakReference<Payload> answered() throws InterruptedException {
        Invocation invocation = Invocation.of(Payload.of("{}"), QUARTER_OF_AN_HOUR);
        CompletableFuture<InvocationResult> result = invocations.offer(invocation);
        Invocations.Pending pending = invocations.take();
        invocations.finish(invocation.requestId());
        pending.answer(Payload.of("1"));
        assertThat(result.join()).isInstanceOf(InvocationResult.Response.class);
        return new WeakReference<>(invocation.event());
    }

    @Test
    void theTimeOfAnInvocationThatIsPutBackBeginsAnew() throws InterruptedException {
        CompletableFuture<InvocationResult> result = invocations.offer(Invocation.of(Payload.of("{}"), SECOND));
        invocations.putBack(invocations.take());
        Thread.sleep(SECOND.toMillis() / 10);
        invocations.take();
        assertThat(result.join()).isInstanceOf(InvocationResult.Failed.class);
        assertThat(result.join().duration()).isGreaterThanOrEqualTo(SECOND);
    }
}
