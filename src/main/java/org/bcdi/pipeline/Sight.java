package org.bcdi.pipeline;

import org.bcdi.detector.Acquisition;
import org.bcdi.detector.DetectorStatus;

/**
 * One look at the detector: what it was prepared for and how far it is, of the same acquisition.
 *
 * @param occasion why it was looked at
 */
record Sight(Acquisition acquisition, DetectorStatus status, Occasion occasion) {
    enum Occasion {
        /** It was time. */
        TIMER,
        /** Something asked for it: an event of the detector. */
        WAKE_UP,
        /** The detector answers for the first time since it did not. */
        FOUND
    }

    /** Whether something may have happened that status and frame counter do not show. */
    boolean suspicious() {
        return occasion != Occasion.TIMER;
    }

    boolean running() {
        return status.state() == DetectorStatus.State.RUNNING;
    }

    boolean hasFrames() {
        return status.lastReady() >= 0;
    }
}
