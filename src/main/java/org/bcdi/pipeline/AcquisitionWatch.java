package org.bcdi.pipeline;

/**
 * Tells one acquisition from the next by comparing looks. An acquisition that is prepared, run and over between two looks
 * leaves three traces: another tag, where the control system sets tags; a frame counter that went back; a detector that
 * runs after it stood still. Where it leaves none of them (no tag, same number of frames) it cannot be seen.
 */
final class AcquisitionWatch {
    enum News {
        /** Nothing to take: not a frame, not running; whatever was being taken is over. */
        EMPTY,
        /** The acquisition of the look before, or one from before the watch began. */
        SAME,
        /** Another acquisition than at the look before. */
        NEW
    }

    private static final long UNTAGGED = -1;

    private boolean begun;
    private long tag;
    private long lastReady = -1;
    private boolean still = true;
    private boolean closed;

    News look(Sight sight) {
        boolean another = begun ? another(sight) : sight.running();
        begun = true;
        tag = sight.acquisition().tag();
        lastReady = sight.status().lastReady();
        still = !sight.running();
        if (!sight.running() && !sight.hasFrames()) {
            closed = true;
            return News.EMPTY;
        }
        if (another) {
            closed = false;
        }
        return another ? News.NEW : News.SAME;
    }

    /** All of the present acquisition was taken: more frames would be another one's. */
    void close() {
        closed = true;
    }

    private boolean another(Sight sight) {
        long ready = sight.status().lastReady();
        return (sight.acquisition().tag() != tag && sight.acquisition().tag() != UNTAGGED)
                || ready < lastReady
                || (still && sight.running())
                || (closed && !sight.running() && ready > lastReady);
    }
}
