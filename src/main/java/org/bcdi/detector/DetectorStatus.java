package org.bcdi.detector;

/**
 * What one look at the detector tells.
 *
 * @param state of the acquisition
 * @param lastReady number of the newest frame that can be fetched, -1 for none
 * @param fault the detector's own words when it is in FAULT, else empty
 */
public record DetectorStatus(State state, long lastReady, String fault) {
    public enum State {
        READY,
        RUNNING,
        FAULT,
        CONFIGURATION
    }
}
