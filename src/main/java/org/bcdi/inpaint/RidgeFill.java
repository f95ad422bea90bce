package org.bcdi.inpaint;

import java.util.Arrays;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.inpaint.Strip.Crossings;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Slabs;

/**
 * Linear regression learnt from the scan itself: how the log counts in a gap leave the straight line across it follows from
 * a neighbourhood of 9x9 voxels, 5 deep on either side ({@link RidgeWeights}). One solution for each direction and width of gap;
 * where a gap has no such sides (crossings, borders, wide gaps) it interpolates linearly. Where hundreds of photons leave no noise,
 * what the whole scan has in common smooths the top of a peak: there a gap is raised to the cubic across it.
 *
 * <p>A fill of its own, and the start of the network, whose training fixes every detail of it.
 */
final class RidgeFill {
    private static final Logger LOG = LogManager.getLogger(RidgeFill.class);
    private static final int FEWEST_CROSSINGS = 50;
    private static final int CHUNK = 512;

    /** The widest gap that a cubic bridges. */
    private static final int CURVED = 12;

    /** The log counts above which it begins to, up to one more. */
    static final double BRIGHT = 5.5;

    private final Gaps gaps;
    private final float[] log;
    private final float[] mean;
    private final float[] deviation;

    private RidgeFill(Gaps gaps, float[] log) {
        this.gaps = gaps;
        this.log = log;
        this.mean = gaps.pick(log);
        this.deviation = new float[mean.length];
        Arrays.fill(deviation, Float.NaN);
    }

    /** @param log log counts; its gaps are filled linearly */
    static LogEstimate estimate(Gaps gaps, float[] log, Monitor monitor) {
        LinearFill.fill(gaps, log);
        return new RidgeFill(gaps, log).estimate(monitor);
    }

    private LogEstimate estimate(Monitor monitor) {
        List<Crossings> kinds = Strip.find(gaps).stream()
                .filter(crossings -> crossings.voxels().size() >= FEWEST_CROSSINGS)
                .toList();
        if (!kinds.isEmpty()) {
            MeanProducts products = MeanProducts.of(gaps.shape(), log);
            RidgeWeights[] weights = new RidgeWeights[kinds.size()];
            Slabs.parallel(
                    weights.length,
                    kind -> weights[kind] = RidgeWeights.of(kinds.get(kind).strip(), products));
            // The narrowest way across a voxel comes last and stays
            for (int kind = 0; kind < weights.length; kind++) {
                monitor.advance((double) kind / weights.length);
                cross(kinds.get(kind).voxels(), weights[kind]);
            }
        }
        report();
        return new LogEstimate(mean, deviation);
    }

    private void cross(List<Integer> voxels, RidgeWeights weights) {
        LOG.debug("{}: {} crossings", weights.strip(), voxels.size());
        Slabs.parallel((voxels.size() + CHUNK - 1) / CHUNK, chunk -> {
            float[] neighbours = new float[Strip.NEIGHBOURS];
            double[] inside = new double[weights.strip().width()];
            for (int first : voxels.subList(chunk * CHUNK, Math.min((chunk + 1) * CHUNK, voxels.size()))) {
                weights.strip().collect(gaps.shape(), log, first, neighbours);
                weights.strip().line(gaps.shape(), log, first, inside);
                weights.addTo(neighbours, inside);
                keep(first, inside, weights);
            }
        });
    }

    private void keep(int first, double[] inside, RidgeWeights weights) {
        Strip strip = weights.strip();
        for (int step = 0; step < inside.length; step++) {
            double value = Math.max(0, inside[step]);
            if (value > BRIGHT && strip.width() <= CURVED) {
                value += Math.min(1, value - BRIGHT)
                        * strip.trust()
                        * Math.max(0, strip.curve(gaps.shape(), log, first, step) - value);
            }
            int gap = gaps.firstFrom(first + step * gaps.shape().stride(strip.axis()));
            mean[gap] = (float) value;
            deviation[gap] = (float) weights.deviation(step);
        }
    }

    private void report() {
        int linear = 0;
        for (float value : deviation) {
            linear += Float.isNaN(value) ? 1 : 0;
        }
        if (linear > 0) {
            LOG.info(
                    "Ridge filled {} of {} gap voxels linearly (crossings, borders, wide gaps)",
                    linear,
                    deviation.length);
        }
    }
}
