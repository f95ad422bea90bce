package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BellTest {
    private static final int RINGS = 2_000;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Bell bell = new Bell();
    private final AtomicInteger rung = new AtomicInteger();
    private volatile boolean over;

    @Test
    void aRingThatComesWhileAWaitRunsOutIsHeardByTheNext() throws InterruptedException {
        AtomicInteger heard = new AtomicInteger();
        Thread waiting = new Thread(() -> listen(heard));
        waiting.start();
        try {
            for (int ring = 1; ring <= RINGS; ring++) {
                rung.set(ring);
                bell.ring();
                long latest = System.nanoTime() + PATIENCE_NANOS;
                while (heard.get() != ring && System.nanoTime() < latest) {
                    Thread.yield();
                }
                assertThat(heard).hasValue(ring);
            }
        } finally {
            over = true;
            waiting.join();
        }
    }

    private void listen(AtomicInteger heard) {
        try {
            while (!over) {
                if (bell.await(0)) {
                    heard.set(rung.get());
                }
                Thread.yield();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
