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
 * a neighbourhood of 5x5 voxels, 8 deep on either side; fitted at places that have no gap. One fit for each direction and
 * width of gap; where a gap has no such sides (crossings, borders, wide gaps), and where too little of the scan is free of
 * gaps, it interpolates linearly. A fill of its own, and the start of the network, whose training fixes every detail of it.
 */
final class RidgeFill {
    private static final Logger LOG = LogManager.getLogger(RidgeFill.class);
    private static final int PLACES = 12_000;
    private static final int FEWEST_PLACES = 1_000;
    private static final int FEWEST_CROSSINGS = 50;

    /** Every fourth place is kept from the fits, to choose among their penalties. */
    private static final int HELD_OUT = 4;

    private static final double[] PENALTIES = {0.01, 0.1, 1};
    private static final int CHUNKS = 16;

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
        // The narrowest way across a voxel comes last and stays
        List<Crossings> kinds = Strip.find(gaps).stream()
                .filter(crossings -> crossings.voxels().size() >= FEWEST_CROSSINGS)
                .toList();
        for (int kind = 0; kind < kinds.size(); kind++) {
            monitor.advance((double) kind / kinds.size());
            cross(kinds.get(kind));
        }
        report();
        return new LogEstimate(mean, deviation);
    }

    private void cross(Crossings crossings) {
        Strip strip = crossings.strip();
        int[] places = FreePlaces.of(strip, gaps, log).choose(PLACES, FEWEST_PLACES);
        LOG.debug("{}: {} crossings, {} places", strip, crossings.voxels().size(), places.length);
        if (places.length == 0) {
            return;
        }
        Fit best = fit(strip, places);
        float[] sample = strip.sample();
        for (int first : crossings.voxels()) {
            strip.collect(gaps.shape(), log, first, sample);
            for (int step = 0; step < strip.width(); step++) {
                double value = strip.line(gaps.shape(), log, first, step) + best.value(sample, step);
                int gap = gaps.firstFrom(first + step * gaps.shape().stride(strip.axis()));
                mean[gap] = (float) Math.max(0, value);
                deviation[gap] = (float) best.deviation(step);
            }
        }
    }

    /** The fit with the penalty that does best at the places held out. */
    private Fit fit(Strip strip, int[] places) {
        LeastSquares[] parts = new LeastSquares[CHUNKS];
        Slabs.parallel(CHUNKS, chunk -> {
            parts[chunk] = new LeastSquares(Strip.NEIGHBOURS, strip.width());
            float[] sample = strip.sample();
            for (int i = chunk; i < places.length; i += CHUNKS) {
                if (!heldOut(i)) {
                    strip.collect(gaps.shape(), log, places[i], sample);
                    parts[chunk].add(sample);
                }
            }
        });
        for (int chunk = 1; chunk < CHUNKS; chunk++) {
            parts[0].add(parts[chunk]);
        }
        Fit[] fits = Arrays.stream(PENALTIES)
                .mapToObj(penalty -> new Fit(parts[0].solve(penalty), strip.width()))
                .toArray(Fit[]::new);
        float[] sample = strip.sample();
        for (int i = 0; i < places.length; i++) {
            if (heldOut(i)) {
                strip.collect(gaps.shape(), log, places[i], sample);
                for (Fit fit : fits) {
                    fit.test(sample);
                }
            }
        }
        return Arrays.stream(fits)
                .min((a, b) -> Double.compare(a.error(), b.error()))
                .orElseThrow();
    }

    private static boolean heldOut(int place) {
        return place % HELD_OUT == HELD_OUT - 1;
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

    /** Coefficients and how they did at places that the fit did not see. */
    private static final class Fit {
        private final double[] coefficients;
        private final double[] squares;
        private int tests;

        Fit(double[] coefficients, int width) {
            this.coefficients = coefficients;
            this.squares = new double[width];
        }

        /** What the neighbourhood says of the gap's voxel at a step, as a difference to the straight line. */
        double value(float[] sample, int step) {
            double value = 0;
            for (int i = 0; i < Strip.NEIGHBOURS; i++) {
                value += coefficients[i * squares.length + step] * sample[i];
            }
            return value;
        }

        void test(float[] sample) {
            for (int step = 0; step < squares.length; step++) {
                double error = value(sample, step) - sample[Strip.NEIGHBOURS + step];
                squares[step] += error * error;
            }
            tests++;
        }

        double error() {
            return Arrays.stream(squares).sum();
        }

        double deviation(int step) {
            return Math.sqrt(squares[step] / Math.max(1, tests));
        }
    }
}
