package org.bcdi.phase;

import java.util.Arrays;
import org.bcdi.volume.Shape3;

/**
 * How bright a measurement is at each distance from the peak: mean and largest counts in shells of the stored array. What a
 * speckle pattern is known for where it was not measured: speckles about a mean are distributed exponentially (Goodman 1975).
 */
final class Envelope {
    private static final int SHELLS = 24;
    /** Shells within which a peak may lie that the gap beside the brightest measured voxel hides. */
    private static final int PEAK = 3;

    private final Shape3 shape;
    private final double[] mean = new double[SHELLS];
    private final double[] largest = new double[SHELLS];

    /**
     * @param counts in transform order
     * @param weight above 0 where they count
     */
    Envelope(Shape3 shape, float[] counts, float[] weight) {
        this.shape = shape;
        int[] voxels = new int[SHELLS];
        for (int i = 0; i < counts.length; i++) {
            if (weight[i] > 0) {
                int shell = shell(i);
                voxels[shell]++;
                mean[shell] += counts[i];
                largest[shell] = Math.max(largest[shell], counts[i]);
            }
        }
        for (int shell = 0; shell < SHELLS; shell++) {
            mean[shell] = voxels[shell] > 0 ? mean[shell] / voxels[shell] : Double.POSITIVE_INFINITY;
            largest[shell] = voxels[shell] > 0 ? largest[shell] : Double.POSITIVE_INFINITY;
        }
        if (gapAtThePeak(weight)) {
            Arrays.fill(largest, 0, PEAK, Double.POSITIVE_INFINITY);
        }
    }

    /**
     * Whether a neighbour of the brightest voxel was not measured. Then the true peak may lie in the gap, brighter than
     * anything measured.
     */
    private boolean gapAtThePeak(float[] weight) {
        for (int dz = -1; dz <= 1; dz++) {
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    int z = Math.floorMod(dz, shape.nz());
                    int y = Math.floorMod(dy, shape.ny());
                    if (weight[shape.index(z, y, Math.floorMod(dx, shape.nx()))] == 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Mean counts as far from the peak as voxel {@code i}; infinite where nothing was measured at that distance. */
    double mean(int i) {
        return mean[shell(i)];
    }

    /** Largest counts there and one shell nearer; infinite likewise, and near a peak that a gap touches. */
    double largest(int i) {
        int shell = shell(i);
        return Math.max(largest[shell], largest[Math.max(0, shell - 1)]);
    }

    /** The corners of the array are the last shell. */
    private int shell(int i) {
        double square = 0;
        for (int axis = 0; axis < 3; axis++) {
            int length = shape.length(axis);
            int k = i / shape.stride(axis) % length;
            double part = 2.0 * Math.min(k, length - k) / length;
            square += part * part;
        }
        return Math.min(SHELLS - 1, (int) (SHELLS * Math.sqrt(square / 3)));
    }
}
