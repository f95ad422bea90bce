package org.bcdi.sim;

import org.bcdi.task.InputException;
import org.bcdi.volume.Shape3;

/**
 * Which crystal is simulated, and how it is measured.
 *
 * @param shape of the rocking curve (z, y, x)
 * @param seed of every random choice: facets, phase, texture, counting noise; the same seed gives the same bits
 * @param strainRadians range (largest minus smallest) of the phase inside the crystal; 0 = no strain
 * @param photons expected in the whole rocking curve: the sum of the rate over all voxels
 * @param oversampling extent of the array over the extent of the crystal, along each axis; at least 2
 * @param coherenceBlur standard deviation in voxels of the Gaussian that limited coherence blurs the intensity with;
 *     0 = fully coherent
 */
public record SimulationSettings(
        Shape3 shape, long seed, double strainRadians, double photons, double oversampling, double coherenceBlur) {
    public SimulationSettings {
        if (!(strainRadians >= 0) || Double.isInfinite(strainRadians)) {
            throw new InputException(
                    "Strain of " + strainRadians + " rad cannot be simulated; give 0 or more radians.");
        }
        if (!(photons > 0) || Double.isInfinite(photons)) {
            throw new InputException(
                    "A rocking curve of " + photons + " photons cannot be simulated; give a number above 0.");
        }
        if (!(oversampling >= 2) || Double.isInfinite(oversampling)) {
            throw new InputException("An oversampling of " + oversampling + " cannot be phased; give 2 or more.");
        }
        if (!(coherenceBlur >= 0) || Double.isInfinite(coherenceBlur)) {
            throw new InputException("A coherence blur of " + coherenceBlur + " voxels means nothing; give 0 or more.");
        }
    }

    /** A crystal a third as wide as the array, in a fully coherent beam. */
    public SimulationSettings(Shape3 shape, long seed, double strainRadians, double photons) {
        this(shape, seed, strainRadians, photons, 3, 0);
    }
}
