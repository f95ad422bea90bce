package org.bcdi.stack;

import org.bcdi.mask.FrameMask;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;

/**
 * What a stack is built for.
 *
 * @param name that the user knows the scan by
 * @param frames expected, 0 when nobody knows
 * @param height rows of a frame as delivered
 * @param width columns of a frame as delivered
 * @param roi which part of the frames to keep
 * @param mask pixels without data in every frame, of the size of a frame
 * @param memoryBudgetBytes that the stack may take, its growth and its cutting included
 */
public record StackSettings(
        String name, int frames, int height, int width, RoiChoice roi, FrameMask mask, long memoryBudgetBytes) {
    public StackSettings {
        if (frames < 0 || height < 1 || width < 1) {
            throw new IllegalArgumentException("a stack of " + frames + " frames of " + height + "x" + width);
        }
        if (mask.height() != height || mask.width() != width) {
            throw new InputException("A mask of " + mask.height() + "x" + mask.width() + " does not fit frames of "
                    + height + "x" + width + "; give a mask of the frame's size.");
        }
        if (roi instanceof RoiChoice.Fixed fixed && !fixed.roi().fitsIn(height, width)) {
            throw new InputException("The region of interest " + fixed.roi() + " leaves the frame of " + height + "x"
                    + width + "; choose one inside it.");
        }
    }

    /** Memory that a stack of the expected frames takes until its rocking curve is made. */
    public long bytes() {
        return StackMemory.estimate(this, frames);
    }

    /** The part of the frame that is kept while frames arrive: an automatic region is cut out at the end. */
    Roi kept() {
        return roi instanceof RoiChoice.Fixed fixed ? fixed.roi() : new Roi(0, height, 0, width);
    }
}
