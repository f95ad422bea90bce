package org.bcdi.pipeline;

import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;

/** Results on their way to the store thread: one may wait. None is lost without a word. Any thread. */
final class SaveQueue {
    private static final Logger LOG = LogManager.getLogger(SaveQueue.class);
    private static final long WAIT_MILLIS = 100;

    private final BlockingQueue<SaveOrder> orders = new ArrayBlockingQueue<>(1);

    /** Results that wait, at the door too, or are being written. */
    private final Collection<SaveOrder> owed = new ConcurrentLinkedQueue<>();

    /** Whether nobody writes any more. */
    private volatile boolean closed;

    /** Hands a result on; waits for room, an interrupt notwithstanding: what is finished is not to be lost. */
    void put(SaveOrder order) {
        owed.add(order);
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
        owed.add(order);
        boolean handed = orders.offer(order);
        if (!handed) {
            owed.remove(order);
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
            owed.remove(order);
        }
    }

    /** Whether results are still to be written. */
    boolean owes() {
        return !owed.isEmpty();
    }

    /**
     * Memory that results still to be written take.
     *
     * @param counted the filled volume of one that is counted elsewhere
     */
    long bytesBeside(@Nullable Volume counted) {
        return owed.stream()
                .map(SaveOrder::scan)
                .filter(scan -> scan.result().intensity() != counted)
                .mapToLong(ProcessedScan::bytes)
                .sum();
    }

    /** Drops what comes too late; after the store thread ended. */
    void close() {
        closed = true;
        drop();
    }

    private void drop() {
        for (SaveOrder order = orders.poll(); order != null; order = orders.poll()) {
            owed.remove(order);
            LOG.warn(
                    "The result of {} is dropped: it was finished too late to be saved.",
                    order.scan().curve().name());
        }
    }
}
