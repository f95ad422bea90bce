package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bcdi.testing.Warnings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SaveQueueTest {
    private final SaveQueue orders = new SaveQueue();
    private final List<String> written = new ArrayList<>();

    @Test
    void aFinishedResultIsHandedOnByAThreadThatIsToldToEnd() throws InterruptedException {
        orders.put(order("S1"));
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread process = new Thread(() -> {
            orders.put(order("S2"));
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        process.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> process.getState() == Thread.State.WAITING);
        process.interrupt();

        take();
        process.join();
        assertThat(orders.owes()).isTrue();
        take();
        assertThat(orders.owes()).isFalse();
        assertThat(written).containsExactly("S1", "S2");
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void whatComesTooLateIsDroppedWithAWarning() {
        orders.put(order("S1"));
        try (Warnings warnings = new Warnings(SaveQueue.class.getName())) {
            orders.close();
            orders.put(order("S2"));
            assertThat(warnings.told())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("The result of S1 is dropped"),
                            line -> assertThat(line).startsWith("The result of S2 is dropped"));
        }
        assertThat(orders.owes()).isFalse();
    }

    private void take() throws InterruptedException {
        orders.take(order -> written.add(order.scan().curve().name()));
    }

    private static SaveOrder order(String name) {
        ProcessedScan scan = new FakeEngines().processor().inpaint(TestCurves.small(name), StageMonitor.NONE);
        return new SaveOrder("", false, scan, Optional.empty(), Stage.DONE, "");
    }
}
