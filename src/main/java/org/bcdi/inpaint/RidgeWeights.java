package org.bcdi.inpaint;

import java.util.Arrays;

/**
 * What the neighbourhood of a kind of gap adds to the straight line across it: the ridge regression over all places of the scan,
 * whose normal equations are made of the scan's mean products (simple kriging, Matheron 1963; the Wiener filter). The weights for
 * a voxel of the gap sum to 0: the neighbourhood's mean says nothing.
 */
final class RidgeWeights {
    /** Part of the mean square of the log counts that is added to the variances: keeps the equations solvable without any noise. */
    private static final double PENALTY = 1e-5;

    /** The same of a scan without any photon. */
    private static final double DARK = 1e-12;

    /** Neighbours weighed at once; {@value Strip#NEIGHBOURS} is a multiple of it. */
    private static final int AT_ONCE = 5;

    private final Strip strip;
    private final float[] weights;
    private final double[] deviations;

    private RidgeWeights(Strip strip) {
        this.strip = strip;
        this.weights = new float[Strip.NEIGHBOURS * strip.width()];
        this.deviations = new double[strip.width()];
    }

    static RidgeWeights of(Strip strip, MeanProducts products) {
        int[] around = strip.neighbourhood(MeanProducts::stride);
        double penalty = PENALTY * products.at(0) + DARK;
        MirroredEquations equations = MirroredEquations.of(
                Strip.NEIGHBOURS, Strip::mirrored, (i, j) -> products.at(around[i] - around[j]), penalty);
        RidgeWeights found = new RidgeWeights(strip);
        for (int step = 0; step < strip.width(); step++) {
            found.solve(step, around, products, equations);
        }
        return found;
    }

    private void solve(int step, int[] around, MeanProducts products, MirroredEquations equations) {
        int stride = MeanProducts.stride(strip.axis());
        int[] line = {step * stride, -stride, strip.width() * stride};
        double share = (step + 1.0) / (strip.width() + 1);
        double[] factors = {1, share - 1, -share};
        double[] cross = new double[around.length];
        double mean = 0;
        for (int i = 0; i < cross.length; i++) {
            for (int k = 0; k < line.length; k++) {
                cross[i] += factors[k] * products.at(around[i] - line[k]);
            }
            mean += cross[i] / cross.length;
        }
        double variance = 0;
        for (int k = 0; k < line.length; k++) {
            for (int l = 0; l < line.length; l++) {
                variance += factors[k] * factors[l] * products.at(line[k] - line[l]);
            }
        }
        for (int i = 0; i < cross.length; i++) {
            cross[i] -= mean;
        }
        double[] solution = equations.solve(cross);
        // 0 but for the rounding of the mean products, which would let the scan's mean in
        double sum = Arrays.stream(solution).sum();
        for (int i = 0; i < cross.length; i++) {
            weights[i * strip.width() + step] = (float) (solution[i] - sum / cross.length);
            variance -= solution[i] * cross[i];
        }
        deviations[step] = Math.sqrt(Math.max(variance, 0));
    }

    Strip strip() {
        return strip;
    }

    /**
     * What the neighbourhoods of some crossings add to the straight lines across.
     *
     * @param neighbours from {@link Strip#collect}
     * @param count of the crossings
     * @return a row of values for each step into the gap
     */
    float[] curves(float[] neighbours, int count) {
        int width = strip.width();
        float[] curves = new float[width * count];
        for (int i = 0; i < Strip.NEIGHBOURS; i += AT_ONCE) {
            for (int step = 0; step < width; step++) {
                add(i, step, neighbours, curves, count);
            }
        }
        return curves;
    }

    /** Five neighbours at once, so that sums travel through memory less often than values: half the time of one by one. */
    private void add(int first, int step, float[] neighbours, float[] curves, int count) {
        int width = strip.width();
        float a = weights[first * width + step];
        float b = weights[(first + 1) * width + step];
        float c = weights[(first + 2) * width + step];
        float d = weights[(first + 3) * width + step];
        float e = weights[(first + 4) * width + step];
        int to = step * count;
        int from = first * count;
        for (int i = 0; i < count; i++) {
            curves[to + i] += a * neighbours[from + i]
                    + b * neighbours[from + count + i]
                    + c * neighbours[from + 2 * count + i]
                    + d * neighbours[from + 3 * count + i]
                    + e * neighbours[from + 4 * count + i];
        }
    }

    /** Standard deviation of log counts from the estimate, pooled over the scan as the regression is. */
    double deviation(int step) {
        return deviations[step];
    }
}
