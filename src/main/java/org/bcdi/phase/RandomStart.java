package org.bcdi.phase;

import java.util.SplittableRandom;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.volume.ComplexVolume;

/**
 * A random phase at every voxel of the support, the amplitude being flat and all together holding the measured number of
 * photons. A voxel's phase depends on the seed and its place only, so that two supports give the same start where they
 * overlap.
 */
final class RandomStart implements PhaseStart {
    @Override
    public Guess guess(Measurement measurement, Plan plan, long number, long seed) {
        Support support = Autocorrelation.support(measurement, plan.first());
        return new Guess(object(measurement, support, seed), support);
    }

    private static ComplexVolume object(Measurement measurement, Support support, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] inside = support.inside();
        double level = Math.sqrt(measurement.sum((first, last) -> photons(measurement, first, last)) / support.count());
        float[] object = new float[2 * inside.length];
        for (int i = 0; i < inside.length; i++) {
            double angle = 2 * Math.PI * random.nextDouble();
            if (inside[i] != 0) {
                object[2 * i] = (float) (level * Math.cos(angle));
                object[2 * i + 1] = (float) (level * Math.sin(angle));
            }
        }
        return new ComplexVolume(measurement.shape(), object);
    }

    private static double photons(Measurement measurement, int first, int last) {
        double sum = 0;
        for (int i = first; i < last; i++) {
            sum += measurement.counts[i];
        }
        return sum;
    }
}
