package org.bcdi.inpaint;

import org.bcdi.mask.Mask;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Volume;

/** Fills gaps without a network, in one of the ways that users choose by name. */
record Interpolator(String name, Way way) implements GapFiller {
    /** How to fill on the logarithmic scale. */
    @FunctionalInterface
    interface Way {
        /** @param log log(1 + counts), 0 in the gaps; may be written to in the gaps */
        LogEstimate estimate(Gaps gaps, float[] log, Monitor monitor);
    }

    @Override
    public Inpainted fill(Volume counts, Mask mask, Monitor monitor) {
        Gaps gaps = Gaps.of(mask);
        float[] log = gaps.logOf(counts);
        Inpainted filled = way.estimate(gaps, log, monitor).inPhotons(counts, gaps, log, 0, Double.NaN);
        monitor.advance(1);
        return filled;
    }
}
