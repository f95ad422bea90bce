package org.bcdi.inpaint;

import java.util.function.IntUnaryOperator;

/**
 * Positive definite equations between values about their mean, of points of which each has a mirror image and whose matrix does not
 * change when all are mirrored: what is even and what is odd about the mirror separates (Cantoni and Butler 1976,
 * doi 10.1016/0024-3795(76)90101-4), which takes a quarter of the operations.
 */
final class MirroredEquations {
    /** An entry of the matrix. */
    interface Matrix {
        double at(int row, int column);
    }

    private final int half;
    private final IntUnaryOperator mirror;
    private final PositiveEquations even;
    private final PositiveEquations odd;

    private MirroredEquations(int half, IntUnaryOperator mirror, PositiveEquations even, PositiveEquations odd) {
        this.half = half;
        this.mirror = mirror;
        this.even = even;
        this.odd = odd;
    }

    /**
     * Centres the matrix, so that constants have no part in it, and adds the penalty to its diagonal.
     *
     * @param size number of points
     * @param mirror of a point; those with an odd number are the images of those with an even one
     * @param matrix symmetric, the same for the images of two points as for the points
     * @param penalty above 0
     */
    static MirroredEquations of(int size, IntUnaryOperator mirror, Matrix matrix, double penalty) {
        int half = size / 2;
        double[][] even = new double[half][half];
        double[][] odd = new double[half][half];
        double[] mean = new double[half];
        double all = 0;
        for (int j = 0; j < half; j++) {
            int image = mirror.applyAsInt(2 * j);
            for (int i = 0; i < half; i++) {
                double same = matrix.at(2 * i, 2 * j);
                double opposite = matrix.at(2 * i, image);
                even[j][i] = same + opposite;
                odd[j][i] = same - opposite;
                mean[j] += (same + opposite) / size;
            }
            all += mean[j] / half;
        }
        for (int i = 0; i < half; i++) {
            for (int j = i; j < half; j++) {
                even[i][j] += 2 * (all - mean[i] - mean[j]);
            }
            even[i][i] += penalty;
            odd[i][i] += penalty;
        }
        return new MirroredEquations(
                half, mirror, new PositiveEquations(even, penalty), new PositiveEquations(odd, penalty));
    }

    double[] solve(double[] right) {
        double[] sums = new double[half];
        double[] differences = new double[half];
        for (int i = 0; i < half; i++) {
            double image = right[mirror.applyAsInt(2 * i)];
            sums[i] = right[2 * i] + image;
            differences[i] = right[2 * i] - image;
        }
        even.solve(sums);
        odd.solve(differences);
        double[] solution = new double[right.length];
        for (int i = 0; i < half; i++) {
            solution[2 * i] = (sums[i] + differences[i]) / 2;
            solution[mirror.applyAsInt(2 * i)] = (sums[i] - differences[i]) / 2;
        }
        return solution;
    }
}
