package org.bcdi.pipeline;

import org.bcdi.pipeline.AcquisitionWatch.News;

/**
 * EndScan, obeyed at the next look, or at the one after it where that shows no frame at all: the frame counter may be late.
 * Acquire thread only.
 */
final class AnnouncedEnd {
    private static final int LOOKS = 2;

    /** Looks to come at most, 0 where no end is announced. */
    private int looks;

    void announce() {
        looks = LOOKS;
    }

    void forget() {
        looks = 0;
    }

    boolean announced() {
        return looks > 0;
    }

    /** Whether this look is the one to end at, which is then over. */
    boolean isDue(News news) {
        if (!announced()) {
            return false;
        }
        looks = news == News.EMPTY ? looks - 1 : 0;
        return looks == 0;
    }
}
