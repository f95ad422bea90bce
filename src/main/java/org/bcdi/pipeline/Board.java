package org.bcdi.pipeline;

import java.util.function.UnaryOperator;

/** Where the threads write what they did and everybody reads the latest: one immutable snapshot at a time. */
final class Board {
    private volatile Snapshot latest;

    private final Bell changed = new Bell();

    Board(String source) {
        latest = Snapshot.of(source);
    }

    Snapshot latest() {
        return latest;
    }

    /** Applies a change, one at a time. */
    void change(UnaryOperator<Snapshot> change) {
        synchronized (this) {
            latest = change.apply(latest);
        }
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
