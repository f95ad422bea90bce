package org.bcdi.inpaint;

import java.util.Arrays;
import org.bcdi.volume.Volume;

/** What a filler says of the gap voxels, by their number in {@link Gaps}. */
final class LogEstimate {
    /** No estimate is believed that exceeds the brightest measured voxel by more than this factor: e^5. */
    private static final double HEADROOM = 5;

    private final float[] mean;
    private final float[] deviation;

    /**
     * Takes over both arrays.
     *
     * @param mean expected log(1 + photons)
     * @param deviation its standard deviation, NaN where unknown
     */
    LogEstimate(float[] mean, float[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /** An interpolation, which knows nothing of its own error. */
    static LogEstimate unsure(float[] mean) {
        float[] deviation = new float[mean.length];
        Arrays.fill(deviation, Float.NaN);
        return new LogEstimate(mean, deviation);
    }

    /** Writes the means into the gaps of a volume of log counts. */
    void writeTo(Gaps gaps, float[] log) {
        for (int number = 0; number < mean.length; number++) {
            log[gaps.voxel(number)] = mean[number];
        }
    }

    /** The deviations in a volume, 0 where measured. */
    float[] deviations(Gaps gaps) {
        float[] volume = new float[gaps.shape().size()];
        for (int number = 0; number < deviation.length; number++) {
            volume[gaps.voxel(number)] = deviation[number];
        }
        return volume;
    }

    /**
     * Takes over what a coarser grid says.
     *
     * @param numbers of the gap voxels to replace
     * @param log of the grid's blocks, gaps included
     * @param error standard deviation of it
     */
    void replace(int[] numbers, CoarseGrid grid, float[] log, float[] error, Gaps gaps) {
        int[] voxels = Arrays.stream(numbers).map(gaps::voxel).toArray();
        float[] means = new float[numbers.length];
        float[] errors = new float[numbers.length];
        grid.spread(log, error, gaps.shape(), voxels, means, errors);
        for (int i = 0; i < numbers.length; i++) {
            mean[numbers[i]] = means[i];
            deviation[numbers[i]] = errors[i];
        }
    }

    /** Multiplies the deviation of a gap voxel. */
    void scaleDeviation(int number, double factor) {
        deviation[number] *= (float) factor;
    }

    /** Says that nothing is known of a gap voxel: its deviation is infinite, so phasing leaves it free. */
    void lose(int number) {
        deviation[number] = Float.POSITIVE_INFINITY;
    }

    /**
     * Back to photons. A small error d of log(1 + I) is an error (1 + I) d of I.
     *
     * @param log of the measured voxels, as {@link Gaps#logOf} gives it
     * @param share of the network's corrections that was made, NaN without a network
     */
    Inpainted inPhotons(Volume counts, Gaps gaps, float[] log, int patches, double share) {
        double most = brightest(gaps, log) + HEADROOM;
        float[] intensity = counts.data().clone();
        float[] error = new float[intensity.length];
        gaps.parallel(number -> {
            double photons = Math.max(0, Math.expm1(Math.min(mean[number], most)));
            intensity[gaps.voxel(number)] = (float) photons;
            error[gaps.voxel(number)] = (float) ((1 + photons) * deviation[number]);
        });
        return new Inpainted(
                new Volume(counts.shape(), intensity), new Volume(counts.shape(), error), gaps.count(), patches, share);
    }

    private static float brightest(Gaps gaps, float[] log) {
        float brightest = 0;
        for (int i = 0; i < log.length; i++) {
            if (log[i] > brightest && !gaps.masked(i)) {
                brightest = log[i];
            }
        }
        return brightest;
    }
}
