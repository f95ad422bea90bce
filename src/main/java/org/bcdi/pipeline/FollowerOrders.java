package org.bcdi.pipeline;

import org.bcdi.task.InputException;
import org.jspecify.annotations.Nullable;

/** What clients want of the {@link Follower}, handed to its thread and obeyed in turn. Any thread; returns at once. */
final class FollowerOrders {
    private final @Nullable Follower follower;
    private final Bell awake;

    /** Whether a scan was announced and not ended yet. */
    private volatile boolean announced;

    /** @param follower null where there is no detector to follow */
    FollowerOrders(@Nullable Follower follower, Bell awake) {
        this.follower = follower;
        this.awake = awake;
    }

    void follow(boolean wanted) {
        known().wish(wanted);
        // Whoever stops forgets what was announced
        announced = announced && wanted;
        awake.ring();
    }

    void begin(ScanPlan plan) {
        Follower looks = following();
        announced = true;
        order(looks, () -> looks.begin(plan));
    }

    void end() {
        Follower looks = following();
        if (!announced) {
            throw new InputException("No scan is announced; call BeginScan first.");
        }
        announced = false;
        order(looks, looks::end);
    }

    /**
     * Drops the scan being taken and what was announced, where there is a detector.
     *
     * @param then is done after it, by the follower's thread
     */
    void drop(Runnable then) {
        Follower looks = follower;
        announced = false;
        if (looks != null) {
            order(looks, () -> {
                looks.drop();
                then.run();
            });
        }
    }

    private void order(Follower looks, Runnable order) {
        looks.order(order);
        awake.ring();
    }

    private Follower known() {
        if (follower == null) {
            throw new InputException("There is no detector to follow; set the property DetectorDevice.");
        }
        return follower;
    }

    private Follower following() {
        Follower looks = known();
        if (!looks.wanted()) {
            throw new InputException("The detector is not followed; call Start first.");
        }
        return looks;
    }
}
