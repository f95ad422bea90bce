package org.bcdi.cli;

import org.bcdi.mask.Mask;
import org.bcdi.volume.Volume;

/** How far a fill is from what would have been measured. */
final class GapError {
    private GapError() {}

    /**
     * Root mean square of log(1 + filled) - log(1 + truth) over the gap voxels; NaN without any.
     *
     * @param gap 1 = filled
     * @param unknown 1 where the truth holds no data, which does not count
     */
    static double ofLog(Volume filled, Volume truth, Mask gap, Mask unknown) {
        double squares = 0;
        int count = 0;
        for (int i = 0; i < gap.shape().size(); i++) {
            if (gap.masked(i) && !unknown.masked(i)) {
                double error = Math.log1p(filled.data()[i]) - Math.log1p(truth.data()[i]);
                squares += error * error;
                count++;
            }
        }
        return Math.sqrt(squares / count);
    }

    /** Whether the measured voxels are, to the bit, the counts of the truth. */
    static boolean countsKept(Volume filled, Volume seen, Mask mask) {
        for (int i = 0; i < mask.shape().size(); i++) {
            if (!mask.masked(i) && Float.compare(filled.data()[i], seen.data()[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
