package org.bcdi.inpaint;

import java.util.Arrays;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

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
        double[] found = new double[27];
        Slabs.parallel(found.length, step -> {
            int[] around = around(step, stride);
            boolean inside = true;
            for (int axis = 0; axis < 3; axis++) {
                inside &= around[axis] >= 0 && around[axis] < 2 * gaps.shape().length(axis) - 1;
            }
            found[step] = inside ? symmetry(around) : 0;
        });
        int best = -1;
        for (int step = 0; step < found.length; step++) {
            if (found[step] > symmetry) {
                symmetry = found[step];
                best = step;
            }
        }
        centre = best < 0 ? centre : around(best, stride);
        return best >= 0;
    }

    private int[] around(int step, int stride) {
        return new int[] {
            centre[0] + stride * (step / 9 - 1),
            centre[1] + stride * (step / 3 % 3 - 1),
            centre[2] + stride * (step % 3 - 1)
        };
    }

    /** Twice the place with the largest mean of 3x3x3 log counts, the first of them. */
    private int[] peak() {
        Shape3 shape = gaps.shape();
        double[] largest = new double[shape.nz()];
        int[] places = new int[shape.nz()];
        Slabs.parallel(shape.nz(), z -> {
            double[] columns = new double[shape.nx()];
            for (int y = 0; y < shape.ny(); y++) {
                sum(z, y, columns);
                for (int x = 0; x < columns.length; x++) {
                    double sum =
                            columns[Math.max(x - 1, 0)] + columns[x] + columns[Math.min(x + 1, columns.length - 1)];
                    if (sum > largest[z]) {
                        largest[z] = sum;
                        places[z] = y * shape.nx() + x;
                    }
                }
            }
        });
        int best = 0;
        for (int z = 1; z < largest.length; z++) {
            best = largest[z] > largest[best] ? z : best;
        }
        return new int[] {2 * best, 2 * (places[best] / shape.nx()), 2 * (places[best] % shape.nx())};
    }

    /** Of the 3x3 rows around a row, those at the border repeated. */
    private void sum(int z, int y, double[] columns) {
        Shape3 shape = gaps.shape();
        Arrays.fill(columns, 0);
        for (int dz = -1; dz <= 1; dz++) {
            for (int dy = -1; dy <= 1; dy++) {
                int row = shape.index(nearest(z + dz, shape.nz()), nearest(y + dy, shape.ny()), 0);
                for (int x = 0; x < columns.length; x++) {
                    columns[x] += log[row + x];
                }
            }
        }
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
