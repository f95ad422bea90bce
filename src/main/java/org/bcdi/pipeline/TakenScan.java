package org.bcdi.pipeline;

import java.util.Optional;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.StackBuilder;
import org.bcdi.volume.Roi;

/**
 * A scan whose last frame is in, on its way to processing.
 *
 * @param stack of its frames; belongs to whoever holds this
 * @param part of the detector that the frames are, empty for all of it
 * @param flaw why it is incomplete, empty when it is not
 * @param availableNanos when its last frame could be fetched, a reading of {@link System#nanoTime}
 */
record TakenScan(String name, StackBuilder stack, Optional<Roi> part, ScanPlan plan, String flaw, long availableNanos) {
    /** Makes the rocking curve; once. */
    RockingCurve curve() {
        return stack.finish(plan.positions()).onDetector(part);
    }
}
