package org.bcdi.pipeline;

import java.util.Optional;
import org.bcdi.stack.BraggPeak;
import org.bcdi.stack.RockingCurve;

/**
 * The last finished result.
 *
 * @param curve that was taken
 * @param json what the beamline said of the scan, {@code {}} when nothing
 * @param peak of the counts
 * @param scan what was made of it, empty where processing is switched off or filling failed
 * @param latencySeconds from the last frame being available to the filled volume being published, 0 for a file
 */
public record Published(
        RockingCurve curve, String json, BraggPeak peak, Optional<ProcessedScan> scan, double latencySeconds) {
    /** Counts and mask. */
    private static final long CURVE_VOXEL = 5;

    /** A scan as it was taken, nothing made of it yet. */
    static Published taken(RockingCurve curve, String json) {
        return new Published(curve, json, BraggPeak.find(curve.counts(), curve.mask()), Optional.empty(), 0);
    }

    /** The same scan with what was made of it. */
    Published with(ProcessedScan made, double latency) {
        return new Published(curve, json, peak, Optional.of(made), latency);
    }

    /** Memory that its counts and mask take. */
    long curveBytes() {
        return bytesOf(curve);
    }

    /** Memory that it takes. */
    long bytes() {
        return scan.map(ProcessedScan::bytes).orElse(curveBytes());
    }

    static long bytesOf(RockingCurve curve) {
        return CURVE_VOXEL * curve.counts().shape().size();
    }
}
