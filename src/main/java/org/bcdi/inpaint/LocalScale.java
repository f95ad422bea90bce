package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * The scale on which the network sees a scan: mean and standard deviation of the measured log counts around each voxel, weighted
 * by a Gaussian of 12 voxels. Computed in cells of {@value #CELL}^3 voxels, linear between their middles. Mean 0 and deviation 1 where
 * nothing within 48 voxels was measured: at work nobody knows what the gaps hide. Immutable.
 */
final class LocalScale {
    private static final int CELL = 8;

    /** Of the Gaussian, in cells. */
    private static final double WIDTH = 1.5;

    private static final int REACH = 6;

    private final Shape3 shape;
    private final Shape3 cells;
    private final double[] means;
    private final double[] deviations;

    private LocalScale(Shape3 shape) {
        this.shape = shape;
        this.cells = new Shape3(cells(shape.nz()), cells(shape.ny()), cells(shape.nx()));
        this.means = new double[cells.size()];
        this.deviations = new double[cells.size()];
    }

    /**
     * Needs little memory.
     *
     * @param log of counts; what it holds in the gaps is not looked at
     * @param floor below which no deviation is
     */
    static LocalScale of(Gaps gaps, float[] log, double floor) {
        LocalScale scale = new LocalScale(gaps.shape());
        double[][] sums = scale.blurred(scale.sums(gaps, log));
        for (int cell = 0; cell < scale.means.length; cell++) {
            double number = sums[0][cell];
            double mean = number > 0 ? sums[1][cell] / number : 0;
            double variance = number > 0 ? sums[2][cell] / number - mean * mean : 1;
            scale.means[cell] = mean;
            scale.deviations[cell] = Math.max(Math.sqrt(Math.max(variance, 0)), floor);
        }
        return scale;
    }

    /** Number, sum and sum of squares of what was measured in each cell. */
    private double[][] sums(Gaps gaps, float[] log) {
        double[][] sums = new double[3][cells.size()];
        Slabs.parallel(cells.nz(), slab -> {
            for (int z = slab * CELL; z < Math.min((slab + 1) * CELL, shape.nz()); z++) {
                for (int y = 0; y < shape.ny(); y++) {
                    int row = shape.index(z, y, 0);
                    int cell = cells.index(slab, y / CELL, 0);
                    for (int x = 0; x < shape.nx(); x++) {
                        if (!gaps.masked(row + x)) {
                            double value = log[row + x];
                            sums[0][cell + x / CELL]++;
                            sums[1][cell + x / CELL] += value;
                            sums[2][cell + x / CELL] += value * value;
                        }
                    }
                }
            }
        });
        return sums;
    }

    private double[][] blurred(double[][] sums) {
        for (int axis = 0; axis < 3; axis++) {
            for (int kind = 0; kind < sums.length; kind++) {
                sums[kind] = blurred(sums[kind], axis);
            }
        }
        return sums;
    }

    private double[] blurred(double[] values, int axis) {
        double[] blurred = new double[values.length];
        double[] weights = new double[2 * REACH + 1];
        for (int i = 0; i < weights.length; i++) {
            double apart = (i - REACH) / WIDTH;
            weights[i] = Math.exp(-apart * apart / 2);
        }
        int stride = cells.stride(axis);
        int length = cells.length(axis);
        Lines.inTurn(cells, axis, start -> {
            for (int place = 0; place < length; place++) {
                double sum = 0;
                for (int other = Math.max(0, place - REACH); other <= Math.min(length - 1, place + REACH); other++) {
                    sum += weights[place - other + REACH] * values[start + other * stride];
                }
                blurred[start + place * stride] = sum;
            }
        });
        return blurred;
    }

    /** A row to be moved about the volume; for one thread. */
    Row row() {
        return new Row();
    }

    /** The scale along x at one place of z and y. */
    final class Row {
        private final double[] meansOfRow = new double[cells.nx()];
        private final double[] deviationsOfRow = new double[cells.nx()];

        void moveTo(int z, int y) {
            double atZ = inCells(z, cells.nz());
            double atY = inCells(y, cells.ny());
            int cellZ = (int) atZ;
            int cellY = (int) atY;
            int near = cells.index(cellZ, cellY, 0);
            int toZ = cellZ + 1 < cells.nz() ? cells.stride(0) : 0;
            int toY = cellY + 1 < cells.ny() ? cells.stride(1) : 0;
            double z1 = atZ - cellZ;
            double y1 = atY - cellY;
            for (int x = 0; x < meansOfRow.length; x++) {
                meansOfRow[x] = between(means, near + x, toZ, toY, z1, y1);
                deviationsOfRow[x] = between(deviations, near + x, toZ, toY, z1, y1);
            }
        }

        float mean(int x) {
            return at(meansOfRow, x);
        }

        float deviation(int x) {
            return at(deviationsOfRow, x);
        }

        private float at(double[] row, int x) {
            double at = inCells(x, row.length);
            int cell = (int) at;
            double next = row[Math.min(cell + 1, row.length - 1)];
            return (float) (row[cell] + (at - cell) * (next - row[cell]));
        }
    }

    private static double between(double[] values, int near, int toZ, int toY, double z1, double y1) {
        double front = values[near] + y1 * (values[near + toY] - values[near]);
        double back = values[near + toZ] + y1 * (values[near + toZ + toY] - values[near + toZ]);
        return front + z1 * (back - front);
    }

    /** A place in cells, from the middle of the first to that of the last. */
    private static double inCells(int place, int cells) {
        return Math.max(0, Math.min((place + 0.5) / CELL - 0.5, cells - 1));
    }

    private static int cells(int length) {
        return (length + CELL - 1) / CELL;
    }
}
