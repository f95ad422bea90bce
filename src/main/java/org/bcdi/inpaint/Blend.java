package org.bcdi.inpaint;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntToDoubleFunction;
import org.bcdi.model.ModelCard.Calibration;
import org.bcdi.volume.Shape3;

/**
 * Puts overlapping windows together at the gap voxels. Near its middle a window knows best, so it is weighted by a
 * Gaussian. The deviation is that of the mixture: what each window owns to, and how far they differ, calibrated.
 */
final class Blend {
    /** Of the weights, in parts of a window's sides. */
    private static final double SIGMA = 0.25;
    /**
     * Where the prefill is bright, gaps of as many voxels more than one as it is above this, and wider ones, are the network's alone.
     */
    private static final double NETWORK_ALONE = 3;

    private final Gaps gaps;
    private final Calibration calibration;
    private final double[] weights;
    private final double[] residuals;
    private final double[] squares;

    Blend(Gaps gaps, Calibration calibration) {
        this.gaps = gaps;
        this.calibration = calibration;
        this.weights = new double[gaps.count()];
        this.residuals = new double[gaps.count()];
        this.squares = new double[gaps.count()];
    }

    /**
     * Adds what the network said of one window.
     *
     * @param scale by which the window was standardised
     * @param batch input of the network
     * @param result of the network: prediction and standard deviation of each window
     * @param sample number of the window in both
     * @return false when a prediction at a gap voxel is not a finite number
     */
    boolean add(Window window, LocalScale scale, float[] batch, float[] result, int sample) {
        Shape3 sides = window.sides();
        float[] weightsZ = profile(sides.nz());
        float[] weightsY = profile(sides.ny());
        float[] weightsX = profile(sides.nx());
        AtomicBoolean finite = new AtomicBoolean(true);
        window.rowsInParallel(gaps.shape(), () -> {
            LocalScale.Row scales = scale.row();
            return (z, y, first, end) -> {
                int row = gaps.shape().index(z, y, 0);
                int gap = gaps.firstFrom(row + first);
                if (gap >= gaps.count() || gaps.voxel(gap) >= row + end) {
                    return;
                }
                scales.moveTo(z, y);
                int line = sides.index(z - window.z(), y - window.y(), 0);
                double weightOfLine = weightsZ[z - window.z()] * weightsY[y - window.y()];
                for (; gap < gaps.count() && gaps.voxel(gap) < row + end; gap++) {
                    int x = gaps.voxel(gap) - row;
                    int at = sample * 2 * window.voxels() + line + x - window.x();
                    float start = batch[sample * Patches.CHANNELS * window.voxels() + line + x - window.x()];
                    double residual = scales.deviation(x) * (result[at] - start);
                    double deviation = scales.deviation(x) * result[at + window.voxels()];
                    add(gap, weightOfLine * weightsX[x - window.x()], residual, deviation);
                    if (!Double.isFinite(residual) || !Double.isFinite(deviation)) {
                        finite.set(false);
                    }
                }
            };
        });
        return finite.get();
    }

    private void add(int gap, double weight, double residual, double deviation) {
        weights[gap] += weight;
        residuals[gap] += weight * residual;
        squares[gap] += weight * (residual * residual + deviation * deviation);
    }

    /**
     * The blend, on top of the prefill that the windows were cut from; the prefill itself where no window was.
     *
     * @param taken part of the corrections that is made, 0 to 1, and less of that where the prefill is bright; what is not made adds
     *     to the deviation
     */
    LogEstimate over(float[] prefilled, double taken) {
        float[] mean = new float[gaps.count()];
        float[] deviation = new float[gaps.count()];
        gaps.parallel(gap -> {
            double weight = weights[gap] > 0 ? weights[gap] : 1;
            double residual = residuals[gap] / weight;
            double variance = squares[gap] / weight - residual * residual;
            int voxel = gaps.voxel(gap);
            float start = prefilled[voxel];
            double made = taken * trusted(start, voxel);
            mean[gap] = (float) (start + made * residual);
            double owned = calibration.of(Math.sqrt(Math.max(0, variance)));
            double heldBack = (1 - made) * residual;
            deviation[gap] = (float) Math.sqrt(owned * owned + heldBack * heldBack);
        });
        return new LogEstimate(mean, deviation);
    }

    /**
     * The part of the corrections that fits best to what they should have been, 0 to 1; 1 where no window was.
     *
     * @param prefilled what they correct
     * @param truth by voxel
     * @param voxels to compare, among the gaps
     */
    double share(float[] prefilled, IntToDoubleFunction truth, Gaps voxels) {
        double along = 0;
        double power = 0;
        for (int number = 0; number < voxels.count(); number++) {
            int voxel = voxels.voxel(number);
            int gap = gaps.firstFrom(voxel);
            if (weights[gap] > 0) {
                double residual = trusted(prefilled[voxel], voxel) * residuals[gap] / weights[gap];
                along += residual * (truth.applyAsDouble(voxel) - prefilled[voxel]);
                power += residual * residual;
            }
        }
        return power > 0 ? Math.max(0, Math.min(1, along / power)) : 1;
    }

    /**
     * The part of a correction that is worth taking by what it corrects: 1, but where hundreds of photons are (w - 1) / (r - 3) at most,
     * w being the voxels across the gap and r the log counts of the prefill. There few patches of any training look alike, and the curve of
     * {@link RidgeFill} errs the less the narrower the gap and the brighter its sides are.
     */
    private double trusted(float prefilled, int voxel) {
        if (prefilled <= RidgeFill.BRIGHT) {
            return 1;
        }
        double room = prefilled - NETWORK_ALONE;
        int across = gaps.across(voxel, (int) Math.ceil(room) + 1);
        return 1 - Math.min(1, prefilled - RidgeFill.BRIGHT) * (1 - Math.min(1, (across - 1) / room));
    }

    private static float[] profile(int side) {
        float[] profile = new float[side];
        for (int i = 0; i < side; i++) {
            double offCentre = (i - (side - 1) / 2.0) / (SIGMA * side);
            profile[i] = (float) Math.exp(-offCentre * offCentre / 2);
        }
        return profile;
    }
}
