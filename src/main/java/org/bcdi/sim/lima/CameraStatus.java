package org.bcdi.sim.lima;

import org.bcdi.detector.DetectorStatus;

/**
 * One moment of the simulated camera.
 *
 * @param state of the acquisition
 * @param lastReady newest frame, -1 for none
 * @param last whether the acquisition just ended
 */
record CameraStatus(DetectorStatus.State state, long lastReady, boolean last) {
    /** The state as Lima writes it. */
    String word() {
        return switch (state) {
            case READY -> "Ready";
            case RUNNING -> "Running";
            case FAULT -> "Fault";
            case CONFIGURATION -> "Configuration";
        };
    }
}
