package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;

/**
 * The Friedel mate of each voxel: an unstrained crystal scatters alike to either side of its Bragg peak, I(q) = I(-q), a
 * strained one nearly or not at all. The point of the best symmetry is searched for around the peak, to half a voxel.
 */
final class FriedelMate {
    /** A gap over the peak moves what looks like its top, so the search begins with large steps. */
    private static final int[] STRIDES = {4, 2, 1};

    private static final int RADIUS = 16;

    private final Gaps gaps;
    private final float[] log;

    /** Twice the centre of symmetry (z, y, x). */
    private int[] centre;

    private double symmetry;

    private FriedelMate(Gaps gaps, float[] log) {
        this.gaps = gaps;
        this.log = log;
        this.centre = peak();
        this.symmetry = symmetry(centre);
    }

    /** @param log log counts with filled gaps */
    static FriedelMate find(Gaps gaps, float[] log) {
        FriedelMate mate = new FriedelMate(gaps, log);
        for (int stride : STRIDES) {
            while (mate.climb(stride)) {}
        }
        return mate;
    }

    /** Correlation of the log counts near the peak with their mirror image, 0 to 1: how far a mate can be trusted. */
    float symmetry() {
        return (float) symmetry;
    }

    /** Twice the centre of symmetry along an axis. */
    int centre(int axis) {
        return centre[axis];
    }

    /** The mirror image of a place along an axis, -1 where that is outside. */
    int mirrored(int place, int axis) {
        int mirrored = centre[axis] - place;
        return mirrored < gaps.shape().length(axis) ? Math.max(mirrored, -1) : -1;
    }

    private boolean climb(int stride) {
        Shape3 shape = gaps.shape();
        int[] best = centre;
        for (int step = 0; step < 27; step++) {
            int[] around = {
                centre[0] + stride * (step / 9 - 1),
                centre[1] + stride * (step / 3 % 3 - 1),
                centre[2] + stride * (step % 3 - 1)
            };
            boolean inside = true;
            for (int axis = 0; axis < 3; axis++) {
                inside &= around[axis] >= 0 && around[axis] < 2 * shape.length(axis) - 1;
            }
            double there = inside ? symmetry(around) : 0;
            if (there > symmetry) {
                symmetry = there;
                best = around;
            }
        }
        boolean climbed = best != centre;
        centre = best;
        return climbed;
    }

    /** Twice the place with the largest mean of 3x3x3 log counts. */
    private int[] peak() {
        Shape3 shape = gaps.shape();
        int[] peak = new int[3];
        double largest = Double.NEGATIVE_INFINITY;
        for (int z = 0; z < shape.nz(); z++) {
            for (int y = 0; y < shape.ny(); y++) {
                for (int x = 0; x < shape.nx(); x++) {
                    double sum = around(z, y, x);
                    if (sum > largest) {
                        largest = sum;
                        peak = new int[] {2 * z, 2 * y, 2 * x};
                    }
                }
            }
        }
        return peak;
    }

    private double around(int z, int y, int x) {
        Shape3 shape = gaps.shape();
        double sum = 0;
        for (int dz = -1; dz <= 1; dz++) {
            for (int dy = -1; dy <= 1; dy++) {
                int row = shape.index(nearest(z + dz, shape.nz()), nearest(y + dy, shape.ny()), 0);
                for (int dx = -1; dx <= 1; dx++) {
                    sum += log[row + nearest(x + dx, shape.nx())];
                }
            }
        }
        return sum;
    }

    private static int nearest(int place, int length) {
        return Math.max(0, Math.min(place, length - 1));
    }

    /** Correlation of the box of 33^3 voxels around a centre with its mirror image over what both measured, not below 0. */
    private double symmetry(int[] twice) {
        Shape3 shape = gaps.shape();
        int[] low = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int near = Math.max((twice[axis] + 1) / 2 - RADIUS, 0);
            low[axis] = Math.max(near, twice[axis] - shape.length(axis) + 1);
        }
        Sums sums = new Sums();
        for (int z = low[0]; z <= twice[0] - low[0]; z++) {
            for (int y = low[1]; y <= twice[1] - low[1]; y++) {
                int row = shape.index(z, y, 0);
                int mirror = shape.index(twice[0] - z, twice[1] - y, 0) + twice[2];
                for (int x = low[2]; x <= twice[2] - low[2]; x++) {
                    if (!gaps.masked(row + x) && !gaps.masked(mirror - x)) {
                        sums.add(log[row + x], log[mirror - x]);
                    }
                }
            }
        }
        return sums.correlation();
    }

    /** Of a set that holds each pair both ways round, so both sides have the same mean and variance. */
    private static final class Sums {
        private double values;
        private double squares;
        private double products;
        private int count;

        void add(double value, double mirrored) {
            values += value;
            squares += value * value;
            products += value * mirrored;
            count++;
        }

        double correlation() {
            double mean = count == 0 ? 0 : values / count;
            double variance = squares - count * mean * mean;
            return variance > 0 ? Math.max(0, (products - count * mean * mean) / variance) : 0;
        }
    }
}
