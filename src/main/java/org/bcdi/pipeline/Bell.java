package org.bcdi.pipeline;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; rings that nobody waited for count once. */
final class Bell {
    private final Semaphore rings = new Semaphore(0);

    void ring() {
        if (rings.availablePermits() == 0) {
            rings.release();
        }
    }

    /** Waits for a ring, at most so long; whether there was one. */
    boolean await(long millis) throws InterruptedException {
        if (!rings.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            // A ring that comes just now is left to the next one who waits
            return false;
        }
        rings.drainPermits();
        return true;
    }
}
