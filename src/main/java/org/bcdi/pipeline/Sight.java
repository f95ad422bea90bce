package org.bcdi.pipeline;

import org.bcdi.detector.Acquisition;
import org.bcdi.detector.DetectorStatus;

/**
 * One look at the detector: what it was prepared for and how far it is, of the same acquisition.
 *
 * @param woken whether the detector asked to be looked at, rather than the timer
 */
record Sight(Acquisition acquisition, DetectorStatus status, boolean woken) {
    boolean running() {
        return status.state() == DetectorStatus.State.RUNNING;
    }

    boolean hasFrames() {
        return status.lastReady() >= 0;
    }
}
