package org.bcdi.pipeline;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Results on their way to the store thread: one may wait. None is lost without a word. Any thread. */
final class SaveQueue {
    private static final Logger LOG = LogManager.getLogger(SaveQueue.class);
    private static final long WAIT_MILLIS = 100;

    private final BlockingQueue<SaveOrder> orders = new ArrayBlockingQueue<>(1);

    /** Results that wait, at the door too, or are being written. */
    private final AtomicInteger owed = new AtomicInteger();

    /** Whether nobody writes any more. */
    private volatile boolean closed;

    /** Hands a result on; waits for room, an interrupt notwithstanding: what is finished is not to be lost. */
    void put(SaveOrder order) {
        owed.incrementAndGet();
        boolean interrupted = false;
        boolean handed = false;
        while (!handed) {
            try {
                orders.put(order);
                handed = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (closed) {
            drop();
        }
    }

    /** Hands a result on if there is room. */
    boolean offer(SaveOrder order) {
        owed.incrementAndGet();
        boolean handed = orders.offer(order);
        if (!handed) {
            owed.decrementAndGet();
        } else if (closed) {
            drop();
        }
        return handed;
    }

    /** Gives the writer the next result if one comes soon. Store thread. */
    void take(Consumer<SaveOrder> writer) throws InterruptedException {
        SaveOrder order = orders.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (order == null) {
            return;
        }
        try {
            writer.accept(order);
        } finally {
            owed.decrementAndGet();
        }
    }

    /** Whether results are still to be written. */
    boolean owes() {
        return owed.get() > 0;
    }

    /** Drops what comes too late; after the store thread ended. */
    void close() {
        closed = true;
        drop();
    }

    private void drop() {
        for (SaveOrder order = orders.poll(); order != null; order = orders.poll()) {
            owed.decrementAndGet();
            LOG.warn(
                    "The result of {} is dropped: it was finished too late to be saved.",
                    order.scan().curve().name());
        }
    }
}
