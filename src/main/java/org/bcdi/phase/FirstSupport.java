package org.bcdi.phase;

import org.bcdi.task.InputException;

/**
 * Where the object may be at first: where its autocorrelation, the transform of the intensity, exceeds a part of its maximum.
 *
 * @param threshold part of the maximum, above 0 and below 1
 * @param loose voxels that this is grown by on all sides
 */
public record FirstSupport(double threshold, int loose) {
    /** What holds where a recipe has no {@code FIRST}. */
    public static final FirstSupport DEFAULT = new FirstSupport(0.1, 0);

    static final String EXAMPLE = "FIRST[threshold=0.04,loose=2]";

    public FirstSupport {
        if (!(threshold > 0 && threshold < 1)) {
            throw new InputException("The first support's threshold lies between 0 and 1, not " + threshold
                    + "; write for example " + EXAMPLE + ".");
        }
        ShrinkWrap.checkLoose(loose, EXAMPLE);
    }

    @Override
    public String toString() {
        return "FIRST[threshold=" + ShrinkWrap.number(threshold) + (loose == 0 ? "" : ",loose=" + loose) + "]";
    }
}
