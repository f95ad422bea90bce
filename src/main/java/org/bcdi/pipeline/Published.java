package org.bcdi.pipeline;

import java.util.Optional;
import org.bcdi.stack.BraggPeak;
import org.bcdi.stack.RockingCurve;

/**
 * The last finished result.
 *
 * @param curve that was taken
 * @param peak of the counts
 * @param scan what was made of it, empty where processing is switched off
 * @param latencySeconds from the last frame being available to the filled volume being published, 0 for a file
 */
public record Published(RockingCurve curve, BraggPeak peak, Optional<ProcessedScan> scan, double latencySeconds) {
    /** Counts and mask. */
    private static final long CURVE_VOXEL = 5;

    /** Intensity and its standard deviation. */
    private static final long FILLED_VOXEL = 8;

    /** Object and support. */
    private static final long PHASED_VOXEL = 9;

    /** Memory that it takes. */
    long bytes() {
        long voxels = curve.counts().shape().size();
        long phased = scan.flatMap(ProcessedScan::reconstruction)
                .map(object -> PHASED_VOXEL * object.object().shape().size())
                .orElse(0L);
        return voxels * (CURVE_VOXEL + (scan.isPresent() ? FILLED_VOXEL : 0)) + phased;
    }
}
