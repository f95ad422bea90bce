package org.bcdi.inpaint;

/** Linear equations whose matrix is symmetric and positive definite, solved by Cholesky's decomposition, row by row. */
final class PositiveEquations {
    private final int size;

    /** The upper factor U of the matrix U^T U, each row from its diagonal on. */
    private final double[][] upper;

    /**
     * @param matrix row by row, overwritten by its factor; only what is on the diagonal and to the right of it is read
     * @param floor what pivots are at least, above 0: smaller ones are rounding
     */
    PositiveEquations(double[][] matrix, double floor) {
        this.size = matrix.length;
        this.upper = matrix;
        for (int k = 0; k < size; k++) {
            double[] pivot = upper[k];
            double root = Math.sqrt(Math.max(pivot[k], floor));
            pivot[k] = root * root;
            for (int j = k; j < size; j++) {
                pivot[j] /= root;
            }
            for (int i = k + 1; i < size; i++) {
                subtract(upper[i], pivot[i], pivot, i, size);
            }
        }
    }

    /** @return the solution, in place of the right side */
    double[] solve(double[] right) {
        for (int i = 0; i < size; i++) {
            right[i] /= upper[i][i];
            subtract(right, right[i], upper[i], i + 1, size);
        }
        for (int i = size - 1; i >= 0; i--) {
            double sum = right[i];
            for (int j = i + 1; j < size; j++) {
                sum -= upper[i][j] * right[j];
            }
            right[i] = sum / upper[i][i];
        }
        return right;
    }

    private static void subtract(double[] from, double factor, double[] row, int first, int end) {
        for (int j = first; j < end; j++) {
            from[j] -= factor * row[j];
        }
    }
}
