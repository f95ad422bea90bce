package org.bcdi.inpaint;

import java.util.StringJoiner;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * How long the fringes of a scan are, and how far into a gap they can be followed. The limit in fringe periods is measured on
 * simulated crystals (models/scores.md); that there is one was shown by Bellisario et al. 2022 (doi
 * 10.1107/S1600576721012371).
 */
final class Fringes {
    /** Deeper into a wide gap than so many periods less than 0.3 of the fringes comes back. */
    static final double REACH = 1.5;

    private static final float BRIGHT = 2;
    private static final int LONGEST = 20;
    /** Of the variance of the steps: chance minima of noise do not reach so deep. */
    private static final double FAINT = -0.03;

    private final Gaps gaps;
    private final double[] periods;

    private Fringes(Gaps gaps, double[] periods) {
        this.gaps = gaps;
        this.periods = periods;
    }

    static Fringes of(Gaps gaps, Volume counts) {
        double[] periods = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            periods[axis] = period(gaps, counts, axis);
        }
        return new Fringes(gaps, periods);
    }

    /** Voxels per fringe along z, y or x; NaN where the scan does not tell. */
    double period(int axis) {
        return periods[axis];
    }

    /** The periods in words: z 8 voxels, y unknown, x 12 voxels. */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(", ");
        for (int axis = 0; axis < 3; axis++) {
            double period = periods[axis];
            words.add("zyx".charAt(axis) + (Double.isNaN(period) ? " unknown" : " " + Math.round(period) + " voxels"));
        }
        return words.toString();
    }

    /** Whether something was measured not farther than the reach from a gap voxel, on one of its three axes. */
    boolean reach(int number) {
        int voxel = gaps.voxel(number);
        for (int axis = 0; axis < 3; axis++) {
            if (!Double.isNaN(periods[axis]) && measuredWithin((int) (REACH * periods[axis]), voxel, axis)) {
                return true;
            }
        }
        return false;
    }

    private boolean measuredWithin(int steps, int voxel, int axis) {
        Shape3 shape = gaps.shape();
        int stride = shape.stride(axis);
        int place = voxel / stride % shape.length(axis);
        for (int step = 1; step <= steps; step++) {
            if (place >= step && !gaps.masked(voxel - step * stride)) {
                return true;
            }
            if (place + step < shape.length(axis) && !gaps.masked(voxel + step * stride)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Twice the distance at which the steps of log(1 + counts) from voxel to voxel are most opposed to each other: the first
     * minimum of their autocovariance at two voxels or more. Only voxels with more than two photons say something.
     */
    private static double period(Gaps gaps, Volume counts, int axis) {
        Shape3 shape = gaps.shape();
        Covariance covariance = new Covariance(Math.min(LONGEST + 2, shape.length(axis) - 1));
        float[] line = new float[shape.length(axis)];
        int stride = shape.stride(axis);
        Lines.inTurn(shape, axis, start -> {
            for (int i = 0; i < line.length; i++) {
                int voxel = start + i * stride;
                float photons = counts.data()[voxel];
                line[i] = gaps.masked(voxel) || !(photons > BRIGHT) ? Float.NaN : (float) Math.log1p(photons);
            }
            covariance.add(line);
        });
        return 2.0 * covariance.firstMinimum();
    }

    /** Of the steps along lines, by distance. */
    private static final class Covariance {
        private final double[] sums;
        private final long[] pairs;

        Covariance(int lags) {
            sums = new double[lags];
            pairs = new long[lags];
        }

        /** @param line NaN where nothing is known */
        void add(float[] line) {
            float[] steps = new float[line.length - 1];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = line[i + 1] - line[i];
            }
            for (int i = 0; i < steps.length; i++) {
                if (Float.isNaN(steps[i])) {
                    continue;
                }
                for (int lag = 0; lag < sums.length && i + lag < steps.length; lag++) {
                    if (!Float.isNaN(steps[i + lag])) {
                        sums[lag] += (double) steps[i] * steps[i + lag];
                        pairs[lag]++;
                    }
                }
            }
        }

        /** Its lag, NaN when no minimum stands out. */
        double firstMinimum() {
            for (int lag = 2; lag < sums.length - 1; lag++) {
                double here = mean(lag);
                if (here <= Math.min(mean(lag - 1), mean(lag + 1)) && here < FAINT * mean(0)) {
                    return lag;
                }
            }
            return Double.NaN;
        }

        private double mean(int lag) {
            return sums[lag] / Math.max(pairs[lag], 1);
        }
    }
}
