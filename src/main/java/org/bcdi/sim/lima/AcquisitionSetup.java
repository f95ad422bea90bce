package org.bcdi.sim.lima;

import org.bcdi.detector.lima.DataArray;

/**
 * What the simulated camera is asked to acquire next.
 *
 * @param frames 0 for an endless acquisition
 * @param exposureSeconds of one frame
 * @param latencySeconds between two frames
 * @param trigger of the frames
 * @param tag of the acquisition or {@link DataArray#NONE}
 */
public record AcquisitionSetup(
        int frames, double exposureSeconds, double latencySeconds, TriggerMode trigger, long tag) {
    /** Lima's own defaults. */
    public static final AcquisitionSetup DEFAULT =
            new AcquisitionSetup(1, 1, 0, TriggerMode.INTERNAL_TRIGGER, DataArray.NONE);

    private static final double SHORTEST_PERIOD = 1e-5;

    public AcquisitionSetup {
        if (frames < 0) {
            throw new CameraException("acq_nb_frames must be 0 or more: " + frames);
        }
        if (!(exposureSeconds >= 0 && latencySeconds >= 0 && exposureSeconds + latencySeconds >= SHORTEST_PERIOD)) {
            throw new CameraException("acq_expo_time and latency_time must be 0 or more and together at least "
                    + SHORTEST_PERIOD + " s: " + exposureSeconds + ", " + latencySeconds);
        }
    }

    public AcquisitionSetup withFrames(int count) {
        return new AcquisitionSetup(count, exposureSeconds, latencySeconds, trigger, tag);
    }

    public AcquisitionSetup withExposure(double seconds) {
        return new AcquisitionSetup(frames, seconds, latencySeconds, trigger, tag);
    }

    public AcquisitionSetup withLatency(double seconds) {
        return new AcquisitionSetup(frames, exposureSeconds, seconds, trigger, tag);
    }

    public AcquisitionSetup withTrigger(TriggerMode mode) {
        return new AcquisitionSetup(frames, exposureSeconds, latencySeconds, mode, tag);
    }

    public AcquisitionSetup withTag(long number) {
        return new AcquisitionSetup(frames, exposureSeconds, latencySeconds, trigger, number);
    }
}
