package org.bcdi.inpaint;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.inpaint.Strip.Crossings;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * Linear regression learnt from the scan itself: how the log counts in a gap leave the straight line across it follows from
 * a neighbourhood of 5x5 voxels, 8 deep on either side; fitted at thousands of places that have no gap. One fit for each direction and width of gap;
 * where a gap has no such sides (crossings, borders, wide gaps), and where too little of the scan is free of gaps, it
 * interpolates linearly.
 */
final class RidgeFill {
    private static final Logger LOG = LogManager.getLogger(RidgeFill.class);
    private static final int PLACES = 14_000;
    private static final int FEWEST_PLACES = 1_000;
    private static final int FEWEST_CROSSINGS = 50;
    /** Places looked at for each that is wanted. */
    private static final int TRIES = 50;

    private static final int CHUNKS = 14;
    /** Holds the fit near the straight line: what is learnt in the whole scan does not hold in full beside the peak. */
    private static final double PENALTY = 0.5;

    private static final long SEED = 14_000;

    private RidgeFill() {}

    static LogEstimate estimate(Gaps gaps, float[] log, Monitor monitor) {
        LinearFill.fill(gaps, log);
        float[] mean = gaps.pick(log);
        float[] deviation = new float[mean.length];
        Arrays.fill(deviation, Float.NaN);
        // The narrowest way across a voxel comes last and stays
        List<Crossings> kinds = Strip.find(gaps).stream()
                .filter(crossings -> crossings.voxels().size() >= FEWEST_CROSSINGS)
                .toList();
        for (int kind = 0; kind < kinds.size(); kind++) {
            monitor.advance((double) kind / kinds.size());
            Crossings crossings = kinds.get(kind);
            LeastSquares fit = learn(crossings.strip(), gaps, log);
            LOG.debug(
                    "{}: {} crossings, {} places",
                    crossings.strip(),
                    crossings.voxels().size(),
                    fit.samples());
            if (fit.samples() >= FEWEST_PLACES) {
                apply(crossings, fit, gaps, log, mean, deviation);
            }
        }
        report(deviation);
        return new LogEstimate(mean, deviation);
    }

    private static void report(float[] deviation) {
        int linear = 0;
        for (float value : deviation) {
            linear += Float.isNaN(value) ? 1 : 0;
        }
        if (linear == deviation.length && linear > 0) {
            LOG.warn("Ridge found no gap it could learn to cross: all {} voxels are filled linearly", linear);
        } else if (linear > 0) {
            LOG.info(
                    "Ridge filled {} of {} gap voxels linearly (crossings, borders, wide gaps)",
                    linear,
                    deviation.length);
        }
    }

    /** Fits at random places without gaps; with fewer samples than wanted where there are not enough of them. */
    private static LeastSquares learn(Strip strip, Gaps gaps, float[] log) {
        SplittableRandom random = new SplittableRandom(SEED);
        SplittableRandom[] randoms = new SplittableRandom[CHUNKS];
        LeastSquares[] parts = new LeastSquares[CHUNKS];
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            randoms[chunk] = random.split();
            parts[chunk] = new LeastSquares(Strip.NEIGHBOURS, strip.width());
        }
        Slabs.parallel(CHUNKS, chunk -> {
            float[] sample = new float[Strip.NEIGHBOURS + strip.width()];
            int tries = TRIES * PLACES / CHUNKS;
            while (parts[chunk].samples() < PLACES / CHUNKS && tries-- > 0) {
                int first = place(strip, gaps.shape(), randoms[chunk]);
                if (strip.isFree(gaps, first)) {
                    strip.collect(gaps.shape(), log, first, sample);
                    parts[chunk].add(sample);
                }
            }
        });
        for (int chunk = 1; chunk < CHUNKS; chunk++) {
            parts[0].add(parts[chunk]);
        }
        return parts[0];
    }

    private static int place(Strip strip, Shape3 shape, SplittableRandom random) {
        int[] place = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            place[axis] = axis == strip.axis()
                    ? Strip.DEPTH + random.nextInt(shape.length(axis) - strip.width() - 2 * Strip.DEPTH + 1)
                    : random.nextInt(shape.length(axis));
        }
        return shape.index(place[0], place[1], place[2]);
    }

    private static void apply(
            Crossings crossings, LeastSquares fit, Gaps gaps, float[] log, float[] mean, float[] deviation) {
        double[] coefficients = fit.solve(PENALTY);
        double[] spread = fit.deviation(coefficients);
        Strip strip = crossings.strip();
        int width = strip.width();
        float[] sample = new float[Strip.NEIGHBOURS + width];
        for (int first : crossings.voxels()) {
            strip.collect(gaps.shape(), log, first, sample);
            for (int step = 0; step < width; step++) {
                double value = strip.line(gaps.shape(), log, first, step);
                for (int i = 0; i < Strip.NEIGHBOURS; i++) {
                    value += coefficients[i * width + step] * sample[i];
                }
                int gap = gaps.firstFrom(first + step * gaps.shape().stride(strip.axis()));
                mean[gap] = (float) value;
                deviation[gap] = (float) spread[step];
            }
        }
    }
}
