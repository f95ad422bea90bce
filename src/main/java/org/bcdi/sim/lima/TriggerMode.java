package org.bcdi.sim.lima;

/** How frames are triggered, by Lima's names; those that need no cable. */
public enum TriggerMode {
    /** One start gives all frames. */
    INTERNAL_TRIGGER,
    /** Every frame needs its own start. */
    INTERNAL_TRIGGER_MULTI;

    static TriggerMode named(String name) {
        for (TriggerMode mode : values()) {
            if (mode.name().equals(name)) {
                return mode;
            }
        }
        throw new CameraException(
                "Trigger mode " + name + " is not simulated; INTERNAL_TRIGGER and INTERNAL_TRIGGER_MULTI are");
    }
}
