package org.bcdi.inpaint;

import java.util.function.IntToDoubleFunction;
import org.bcdi.inpaint.Windows.Corner;
import org.bcdi.model.ModelCard.Calibration;
import org.bcdi.volume.Shape3;

/**
 * Puts overlapping windows together at the gap voxels. Near its middle a window knows best, so it is weighted by a
 * Gaussian. The deviation is that of the mixture: what each window owns to, and how far they differ, calibrated.
 */
final class Blend {
    private static final double SIGMA = 8;
    /** What is taken of the corrections where the prefill is bright. */
    private static final double BRIGHT_SHARE = 0.5;

    private static final float[] PROFILE = profile();

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
     * @param scale of the window
     * @param batch input of the network
     * @param result of the network: prediction and standard deviation of each window
     * @param sample number of the window in both
     * @return false when a prediction at a gap voxel is not a finite number
     */
    boolean add(Corner corner, Patches.Scale scale, float[] batch, float[] result, int sample) {
        Shape3 shape = gaps.shape();
        int firstX = Math.max(0, corner.x());
        int endX = Math.min(shape.nx(), corner.x() + Windows.SIDE);
        boolean finite = true;
        for (int z = Math.max(0, corner.z()); z < Math.min(shape.nz(), corner.z() + Windows.SIDE); z++) {
            for (int y = Math.max(0, corner.y()); y < Math.min(shape.ny(), corner.y() + Windows.SIDE); y++) {
                int row = shape.index(z, y, 0);
                int line = (z - corner.z()) * Windows.SIDE + y - corner.y();
                double weightOfLine = PROFILE[z - corner.z()] * PROFILE[y - corner.y()];
                for (int gap = gaps.firstFrom(row + firstX);
                        gap < gaps.count() && gaps.voxel(gap) < row + endX;
                        gap++) {
                    int x = gaps.voxel(gap) - row - corner.x();
                    int voxel = line * Windows.SIDE + x;
                    int at = sample * 2 * Patches.VOXELS + voxel;
                    float start = batch[sample * Patches.CHANNELS * Patches.VOXELS + voxel];
                    double residual = scale.deviation() * (result[at] - start);
                    double deviation = scale.deviation() * result[at + Patches.VOXELS];
                    add(gap, weightOfLine * PROFILE[x], residual, deviation);
                    finite &= Double.isFinite(residual) && Double.isFinite(deviation);
                }
            }
        }
        return finite;
    }

    private void add(int gap, double weight, double residual, double deviation) {
        weights[gap] += weight;
        residuals[gap] += weight * residual;
        squares[gap] += weight * (residual * residual + deviation * deviation);
    }

    /**
     * The blend, on top of the prefill that the windows were cut from; the prefill itself where no window was.
     *
     * @param taken part of the corrections that is made, 0 to 1, and half of that where the prefill is bright; what is not made adds
     *     to the deviation
     */
    LogEstimate over(float[] prefilled, double taken) {
        float[] mean = new float[gaps.count()];
        float[] deviation = new float[gaps.count()];
        for (int gap = 0; gap < mean.length; gap++) {
            double weight = weights[gap] > 0 ? weights[gap] : 1;
            double residual = residuals[gap] / weight;
            double variance = squares[gap] / weight - residual * residual;
            float start = prefilled[gaps.voxel(gap)];
            double made = taken * trusted(start);
            mean[gap] = (float) (start + made * residual);
            deviation[gap] =
                    (float) Math.hypot(calibration.of(Math.sqrt(Math.max(0, variance))), (1 - made) * residual);
        }
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
                double residual = trusted(prefilled[voxel]) * residuals[gap] / weights[gap];
                along += residual * (truth.applyAsDouble(voxel) - prefilled[voxel]);
                power += residual * residual;
            }
        }
        return power > 0 ? Math.max(0, Math.min(1, along / power)) : 1;
    }

    /**
     * The part of a correction that is worth taking by what it corrects: 1, and half where hundreds of photons are. There few
     * patches of any training look alike, and the curve of {@link RidgeFill} is as good a guess.
     */
    private static double trusted(float prefilled) {
        return 1 - (1 - BRIGHT_SHARE) * Math.max(0, Math.min(1, prefilled - RidgeFill.BRIGHT));
    }

    private static float[] profile() {
        float[] profile = new float[Windows.SIDE];
        for (int i = 0; i < profile.length; i++) {
            double offCentre = i - (Windows.SIDE - 1) / 2.0;
            profile[i] = (float) Math.exp(-offCentre * offCentre / (2 * SIGMA * SIGMA));
        }
        return profile;
    }
}
