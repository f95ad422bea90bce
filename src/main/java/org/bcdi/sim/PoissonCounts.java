package org.bcdi.sim;

import java.util.SplittableRandom;
import org.bcdi.volume.Slabs;
import org.bcdi.volume.Volume;

/**
 * Counting noise. Exact at every mean: multiplication of uniforms below {@value #SMALL}, Hörmann's transformed rejection
 * (PTRS, Insurance: Mathematics and Economics 12, 1993) above.
 */
final class PoissonCounts {
    private static final double SMALL = 12;
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private PoissonCounts() {}

    /** Counts drawn voxel by voxel; the result depends on the generator's state only, not on the number of cores. */
    static Volume draw(Volume rate, SplittableRandom random) {
        int frame = rate.shape().frameSize();
        SplittableRandom[] ofSlab = new SplittableRandom[rate.shape().nz()];
        for (int z = 0; z < ofSlab.length; z++) {
            ofSlab[z] = random.split();
        }
        float[] counts = new float[rate.shape().size()];
        Slabs.parallel(ofSlab.length, z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                counts[i] = draw(rate.data()[i], ofSlab[z]);
            }
        });
        return new Volume(rate.shape(), counts);
    }

    static long draw(double mean, SplittableRandom random) {
        return mean < SMALL ? drawSmall(mean, random) : drawLarge(mean, random);
    }

    private static long drawSmall(double mean, SplittableRandom random) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    private static long drawLarge(double mean, SplittableRandom random) {
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double invAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double fastLimit = 0.9277 - 3.6224 / (b - 2);
        double logMean = Math.log(mean);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= fastLimit) {
                return (long) k;
            }
            boolean squeezed = k < 0 || (us < 0.013 && v > us);
            if (!squeezed && Math.log(v * invAlpha / (a / (us * us) + b)) <= k * logMean - mean - logFactorial(k)) {
                return (long) k;
            }
        }
    }

    /** log(k!) for whole k from 0; Stirling's series, to 1e-10 from k = 10 on. */
    static double logFactorial(double k) {
        if (k < 10) {
            double product = 1;
            for (int i = 2; i <= k; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double square = k * k;
        return (k + 0.5) * Math.log(k)
                - k
                + HALF_LOG_TWO_PI
                + (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / k;
    }
}
