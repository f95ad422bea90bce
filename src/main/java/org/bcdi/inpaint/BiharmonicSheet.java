package org.bcdi.inpaint;

import java.util.Arrays;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The biharmonic equation on the masked pixels of a frame: twice the five-point Laplacian, reflecting at the frame's edge,
 * vanishes there. Its matrix is symmetric and positive definite as long as one pixel is measured, so conjugate gradients
 * solve it. Immutable, for any number of threads.
 */
final class BiharmonicSheet {
    private static final Logger LOG = LogManager.getLogger(BiharmonicSheet.class);
    private static final double TOLERANCE = 1e-9;
    private static final int MOST_ITERATIONS = 5000;
    /** Coefficients of a row: the 5x5 pixels around the diagonal. */
    private static final int STENCIL = 25;

    private final int height;
    private final int width;
    private final int[] pixels;
    /** Number of the unknown at a pixel, -1 where it is measured. */
    private final int[] unknown;

    /** Rows of the matrix, {@value #STENCIL} numbers each, over measured and unknown pixels alike. */
    private final double[] rows;

    BiharmonicSheet(byte[] mask, int height, int width) {
        this.height = height;
        this.width = width;
        this.unknown = new int[mask.length];
        int count = 0;
        for (int i = 0; i < mask.length; i++) {
            unknown[i] = mask[i] != 0 ? count++ : -1;
        }
        this.pixels = new int[count];
        for (int i = 0; i < mask.length; i++) {
            if (unknown[i] >= 0) {
                pixels[unknown[i]] = i;
            }
        }
        this.rows = new double[STENCIL * count];
        for (int row = 0; row < count; row++) {
            addLaplacianOfLaplacian(row);
        }
    }

    int unknowns() {
        return pixels.length;
    }

    /**
     * @param frame values of all pixels; those at masked ones are the first guess
     * @return values of the masked pixels in the order of the frame, within the range of the measured ones
     */
    double[] solve(float[] frame) {
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        double[] measured = new double[frame.length];
        double[] solution = new double[pixels.length];
        for (int i = 0; i < frame.length; i++) {
            if (unknown[i] < 0) {
                measured[i] = frame[i];
                low = Math.min(low, frame[i]);
                high = Math.max(high, frame[i]);
            } else {
                solution[unknown[i]] = frame[i];
            }
        }
        double[] right = new double[pixels.length];
        multiply(measured, right);
        for (int i = 0; i < right.length; i++) {
            right[i] = -right[i];
        }
        descend(right, solution);
        for (int i = 0; i < solution.length; i++) {
            solution[i] = Math.max(low, Math.min(high, solution[i]));
        }
        return solution;
    }

    /** Conjugate gradients from the first guess on. */
    private void descend(double[] right, double[] solution) {
        double[] sheet = new double[unknown.length];
        double[] residual = new double[right.length];
        double[] image = new double[right.length];
        spread(solution, sheet);
        multiply(sheet, image);
        for (int i = 0; i < residual.length; i++) {
            residual[i] = right[i] - image[i];
        }
        double[] direction = residual.clone();
        double square = dot(residual, residual);
        double enough = TOLERANCE * TOLERANCE * Math.max(dot(right, right), Double.MIN_NORMAL);
        int iteration = 0;
        for (; square > enough && iteration < MOST_ITERATIONS; iteration++) {
            spread(direction, sheet);
            multiply(sheet, image);
            double step = square / dot(direction, image);
            double before = square;
            for (int i = 0; i < residual.length; i++) {
                solution[i] += step * direction[i];
                residual[i] -= step * image[i];
            }
            square = dot(residual, residual);
            for (int i = 0; i < direction.length; i++) {
                direction[i] = residual[i] + square / before * direction[i];
            }
        }
        if (iteration == MOST_ITERATIONS) {
            LOG.warn("A gap of {} pixels is too wide for the biharmonic fill to settle fully", pixels.length);
        }
    }

    private void spread(double[] values, double[] sheet) {
        for (int i = 0; i < values.length; i++) {
            sheet[pixels[i]] = values[i];
        }
    }

    /** Applies the matrix to values at all pixels; the result is at the unknown ones. */
    private void multiply(double[] sheet, double[] result) {
        for (int row = 0; row < result.length; row++) {
            int y = pixels[row] / width;
            int x = pixels[row] % width;
            double sum = 0;
            for (int dy = Math.max(-2, -y); dy <= Math.min(2, height - 1 - y); dy++) {
                for (int dx = Math.max(-2, -x); dx <= Math.min(2, width - 1 - x); dx++) {
                    sum += rows[STENCIL * row + 5 * dy + dx + 12] * sheet[pixels[row] + dy * width + dx];
                }
            }
            result[row] = sum;
        }
    }

    private void addLaplacianOfLaplacian(int row) {
        int y = pixels[row] / width;
        int x = pixels[row] % width;
        int[] near = neighbours(y, x);
        int count = near.length / 2;
        addLaplacian(row, y, x, 0, 0, -count);
        for (int i = 0; i < near.length; i += 2) {
            addLaplacian(row, y, x, near[i], near[i + 1], 1);
        }
    }

    /** Adds the Laplacian of the pixel that is (dy, dx) away from the row's own. */
    private void addLaplacian(int row, int y, int x, int dy, int dx, double factor) {
        int centre = STENCIL * row + 5 * dy + dx + 12;
        int[] near = neighbours(y + dy, x + dx);
        int count = near.length / 2;
        rows[centre] -= factor * count;
        for (int i = 0; i < near.length; i += 2) {
            rows[centre + 5 * near[i] + near[i + 1]] += factor;
        }
    }

    /** Steps (dy, dx) to the neighbours inside of the frame. */
    private int[] neighbours(int y, int x) {
        int[] steps = new int[8];
        int count = 0;
        for (int side = -1; side <= 1; side += 2) {
            if (y + side >= 0 && y + side < height) {
                steps[count++] = side;
                steps[count++] = 0;
            }
            if (x + side >= 0 && x + side < width) {
                steps[count++] = 0;
                steps[count++] = side;
            }
        }
        return Arrays.copyOf(steps, count);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
