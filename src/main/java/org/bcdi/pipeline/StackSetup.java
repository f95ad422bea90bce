package org.bcdi.pipeline;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bcdi.detector.FrameBlock;
import org.bcdi.mask.Detectors;
import org.bcdi.mask.FrameMask;
import org.bcdi.stack.RoiChoice;
import org.bcdi.stack.StackBuilder;
import org.bcdi.stack.StackSettings;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;

/** Prepares the stack of a scan when its first frames are there: their gaps, the region that is kept, the memory left for it. */
final class StackSetup {
    private final PipelineSettings settings;
    private final Supplier<RoiChoice> roi;
    private final LongSupplier heldBytes;

    /**
     * @param roi that is wished now
     * @param heldBytes that scans take which are not processed yet
     */
    StackSetup(PipelineSettings settings, Supplier<RoiChoice> roi, LongSupplier heldBytes) {
        this.settings = settings;
        this.roi = roi;
        this.heldBytes = heldBytes;
    }

    /**
     * Gives a scan its stack.
     *
     * @param told part of the detector that is read out, empty for all of it
     * @throws InputException when the frames are not those of the named detector, or the mask does not fit them
     * @throws org.bcdi.stack.MemoryBudgetException when there is too little memory
     */
    void begin(OpenScan scan, FrameBlock first, Optional<Roi> told) {
        // One of another size was set for the acquisition to come
        Optional<Roi> part =
                told.filter(region -> region.height() == first.height() && region.width() == first.width());
        FrameMask mask = Detectors.maskFor(settings.detectorName(), first.height(), first.width(), part);
        if (settings.maskFile().isPresent()) {
            mask = mask.or(ofThisSize(settings.maskFile().get(), first, part));
        }
        long budget = settings.memoryBudgetBytes() - heldBytes.getAsLong();
        StackSettings wanted =
                new StackSettings(scan.name(), scan.frames(), first.height(), first.width(), roi.get(), mask, budget);
        scan.begin(new StackBuilder(wanted), part);
    }

    /** The mask file is of the whole detector or of the frames as they come. */
    private static FrameMask ofThisSize(FrameMask mask, FrameBlock frame, Optional<Roi> part) {
        if (mask.height() == frame.height() && mask.width() == frame.width()) {
            return mask;
        }
        if (part.isEmpty() || !part.get().fitsIn(mask.height(), mask.width())) {
            throw new InputException("The MaskFile of " + mask.height() + "x" + mask.width()
                    + " does not fit frames of " + frame.height() + "x" + frame.width()
                    + "; give one of the frame's or the whole detector's size.");
        }
        return mask.crop(part.get());
    }
}
