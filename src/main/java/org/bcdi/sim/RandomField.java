package org.bcdi.sim;

import java.util.SplittableRandom;

/**
 * A smooth random function of space with Gaussian correlation: a sum of plane waves with normally distributed wave
 * vectors (Rahimi &amp; Recht 2007), which can be evaluated anywhere without a grid.
 */
final class RandomField {
    private static final int WAVES = 32;

    private final double[] waves = new double[4 * WAVES];

    /** @param length standard deviation of the correlation along z, y and x, in voxels */
    RandomField(SplittableRandom random, double[] length) {
        for (int i = 0; i < waves.length; i += 4) {
            for (int axis = 0; axis < 3; axis++) {
                waves[i + axis] = random.nextGaussian() / length[axis];
            }
            waves[i + 3] = 2 * Math.PI * random.nextDouble();
        }
    }

    /** The value at a place, of mean 0 and variance 1 over many fields. */
    double at(double z, double y, double x) {
        double sum = 0;
        for (int i = 0; i < waves.length; i += 4) {
            sum += Math.cos(waves[i] * z + waves[i + 1] * y + waves[i + 2] * x + waves[i + 3]);
        }
        return sum * Math.sqrt(2.0 / WAVES);
    }
}
