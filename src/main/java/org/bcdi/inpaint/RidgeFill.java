package org.bcdi.inpaint;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
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
    /** Crossings whose neighbourhoods fit into a core's cache. */
    private static final int CHUNK = 128;

    /** The widest gap that a cubic bridges. */
    private static final int CURVED = 12;

    /** The log counts above which it begins to, up to one more. */
    static final double BRIGHT = 5.5;

    private final Gaps gaps;
    private final float[] log;
    private final IntPredicate shown;
    private final float[] mean;
    private final float[] deviation;

    private RidgeFill(Gaps gaps, float[] log, IntPredicate shown) {
        LinearFill.fill(gaps, log);
        this.gaps = gaps;
        this.log = log;
        this.shown = shown;
        this.mean = gaps.pick(log);
        this.deviation = new float[mean.length];
        Arrays.fill(deviation, Float.NaN);
    }

    /** @param log log counts; its gaps are filled linearly */
    static LogEstimate estimate(Gaps gaps, float[] log, Monitor monitor) {
        RidgeFill fill = new RidgeFill(gaps, log, voxel -> true);
        fill.learn(monitor);
        fill.report();
        return new LogEstimate(fill.mean, fill.deviation);
    }

    /**
     * The same where it is looked at; elsewhere linear interpolation.
     *
     * @param shown whether a voxel is looked at
     */
    static LogEstimate estimateWhere(IntPredicate shown, Gaps gaps, float[] log) {
        RidgeFill fill = new RidgeFill(gaps, log, shown);
        fill.learn(Monitor.NONE);
        return new LogEstimate(fill.mean, fill.deviation);
    }

    private void learn(Monitor monitor) {
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
                crossAll(kinds.get(kind).voxels(), weights[kind]);
            }
        }
    }

    private boolean isShown(Strip strip, int first) {
        int stride = gaps.shape().stride(strip.axis());
        return IntStream.range(0, strip.width()).anyMatch(step -> shown.test(first + step * stride));
    }

    private void crossAll(List<Integer> voxels, RidgeWeights weights) {
        int[] firsts = voxels.stream()
                .mapToInt(voxel -> voxel)
                .filter(voxel -> isShown(weights.strip(), voxel))
                .toArray();
        LOG.debug("{}: {} crossings", weights.strip(), firsts.length);
        Slabs.parallel((firsts.length + CHUNK - 1) / CHUNK, chunk -> {
            int begin = chunk * CHUNK;
            cross(Arrays.copyOfRange(firsts, begin, Math.min(begin + CHUNK, firsts.length)), weights);
        });
    }

    private void cross(int[] firsts, RidgeWeights weights) {
        Strip strip = weights.strip();
        float[] neighbours = new float[Strip.NEIGHBOURS * firsts.length];
        strip.collect(gaps.shape(), log, firsts, neighbours);
        float[] curves = weights.curves(neighbours, firsts.length);
        double[] inside = new double[strip.width()];
        for (int i = 0; i < firsts.length; i++) {
            strip.line(gaps.shape(), log, firsts[i], inside);
            for (int step = 0; step < inside.length; step++) {
                inside[step] += curves[step * firsts.length + i];
            }
            keep(firsts[i], inside, weights);
        }
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
