package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoleTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger(3);
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

    @Test
    void endsOnlyWhenNothingIsOwedAndIsNotInterruptedBefore() throws InterruptedException {
        Role role = Role.start("store", this::work, this::owes, errors::add);
        Thread closer = new Thread(() -> role.finish(1));
        closer.start();
        int before = asked.get();
        until(() -> asked.get() > before + 5);
        assertThat(left).hasValue(3);

        gate.countDown();
        closer.join();
        assertThat(left).hasValue(0);
        assertThat(interrupted).isFalse();
        assertThat(errors).isEmpty();
    }

    @Test
    void isInterruptedWhenItOwesNothing() throws InterruptedException {
        Role role = Role.start("process", this::work, errors::add);
        begun.await();
        role.finish(1);
        until(interrupted::get);
        assertThat(left).hasValue(3);
    }

    private void work() throws InterruptedException {
        begun.countDown();
        try {
            gate.await();
            left.decrementAndGet();
        } catch (InterruptedException e) {
            interrupted.set(true);
            throw e;
        }
    }

    private boolean owes() {
        asked.incrementAndGet();
        return left.get() > 0;
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(2))
                .until(condition);
    }
}
