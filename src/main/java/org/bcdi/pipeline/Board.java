package org.bcdi.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Where the threads write what they did and everybody reads the latest: one immutable snapshot, swapped atomically. */
final class Board {
    private final AtomicReference<Snapshot> latest;
    private final Bell changed = new Bell();

    Board(String source) {
        latest = new AtomicReference<>(Snapshot.of(source));
    }

    Snapshot latest() {
        return latest.get();
    }

    /** Applies a change; it may run more than once and must not have effects of its own. */
    void change(UnaryOperator<Snapshot> change) {
        latest.updateAndGet(change);
        changed.ring();
    }

    void notice(UnaryOperator<Notices> change) {
        change(now -> now.withNotices(change.apply(now.notices())));
    }

    void count(UnaryOperator<Counters> change) {
        change(now -> now.withCounters(change.apply(now.counters())));
    }

    /** Rings after each change. */
    Bell changed() {
        return changed;
    }
}
