package org.bcdi.pipeline;

/** How the pipeline is, in one word; the device shows it as its State. */
public enum Condition {
    /** Models are being loaded; scans are taken and wait. */
    LOADING,
    /** Nothing is broken, but the detector is not followed. */
    STANDBY,
    /** Waiting for the detector to start. */
    ARMED,
    /** A scan is being taken or processed. */
    BUSY,
    /** It goes on, but somebody should look: the sentence tells at what. */
    WARNING,
    /** It cannot go on before somebody acts. */
    BROKEN
}
