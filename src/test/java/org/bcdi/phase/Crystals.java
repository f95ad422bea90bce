package org.bcdi.phase;

import java.util.SplittableRandom;
import org.bcdi.fourier.FourierTransform;
import org.bcdi.mask.Mask;
import org.bcdi.sim.CrystalSimulator;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/** Simulated scans with their truth on the grid that is phased. */
final class Crystals {
    private Crystals() {}

    static SimulatedScan cube(int extent, long seed, double strain, double photons) {
        Shape3 shape = new Shape3(extent, extent, extent);
        return CrystalSimulator.simulate(new SimulationSettings(shape, seed, strain, photons));
    }

    static PhasingProblem problem(SimulatedScan scan) {
        return new PhasingProblem(scan.counts(), Mask.none(scan.counts().shape()), null);
    }

    /** The truth as a measurement cut to a region sees it. */
    static ComplexVolume truth(SimulatedScan scan, Region3 region) {
        return cut(scan.object(), region);
    }

    /** An object as a measurement cut to a region sees it. */
    static ComplexVolume cut(ComplexVolume object, Region3 region) {
        ComplexVolume wave = FourierTransform.toDetector(object);
        Shape3 from = wave.shape();
        Shape3 to = region.shape();
        float[] cut = new float[2 * to.size()];
        for (int z = 0; z < to.nz(); z++) {
            for (int y = 0; y < to.ny(); y++) {
                int source = from.index(z + region.z0(), y + region.y0(), region.x0());
                System.arraycopy(wave.data(), 2 * source, cut, 2 * to.index(z, y, 0), 2 * to.nx());
            }
        }
        return FourierTransform.toObject(new ComplexVolume(to, cut));
    }

    /** Where the amplitude exceeds 0.3 of its maximum. */
    static Mask support(ComplexVolume object) {
        Shape3 shape = object.shape();
        return new Mask(
                shape,
                Support.above(shape, Support.amplitude(shape, object.data()), 0.3)
                        .inside());
    }

    static Agreement agreement(SimulatedScan scan, Reconstruction result) {
        ComplexVolume truth = truth(scan, result.region());
        return Agreement.aligned(truth, support(truth), result.object(), result.support());
    }

    /**
     * The same crystal with an amplitude that is not even, measured anew.
     *
     * @param rms of the texture, a part of one
     * @param sigma over which it is correlated, in voxels
     */
    static SimulatedScan textured(SimulatedScan scan, double rms, double sigma, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape3 shape = scan.object().shape();
        float[] texture = new float[shape.size()];
        for (int i = 0; i < texture.length; i++) {
            texture[i] = (float) random.nextGaussian();
        }
        Smoothing.gaussian(shape, texture, sigma);
        double squares = 0;
        for (float value : texture) {
            squares += (double) value * value;
        }
        float factor = (float) (rms / Math.sqrt(squares / texture.length));
        float[] object = scan.object().data().clone();
        for (int i = 0; i < texture.length; i++) {
            float amplitude = Math.max(0, 1 + factor * texture[i]);
            object[2 * i] *= amplitude;
            object[2 * i + 1] *= amplitude;
        }
        double photons = 0;
        for (float rate : scan.rate().data()) {
            photons += rate;
        }
        return measured(new ComplexVolume(shape, object), photons, random);
    }

    /** The diffraction of an object which is scaled to so many photons. */
    static SimulatedScan measured(ComplexVolume object, double photons, SplittableRandom random) {
        double power = 0;
        for (float value : object.data()) {
            power += (double) value * value;
        }
        float factor = (float) Math.sqrt(photons / power);
        float[] scaled = new float[object.data().length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = factor * object.data()[i];
        }
        Shape3 shape = object.shape();
        ComplexVolume truth = new ComplexVolume(shape, scaled);
        float[] wave = FourierTransform.toDetector(truth).data();
        float[] rate = new float[shape.size()];
        float[] counts = new float[shape.size()];
        for (int i = 0; i < rate.length; i++) {
            rate[i] = wave[2 * i] * wave[2 * i] + wave[2 * i + 1] * wave[2 * i + 1];
            counts[i] = poisson(rate[i], random);
        }
        return new SimulatedScan(new Volume(shape, rate), new Volume(shape, counts), truth);
    }

    private static float poisson(double rate, SplittableRandom random) {
        if (rate > 100) {
            return Math.round(rate + Math.sqrt(rate) * random.nextGaussian());
        }
        double limit = Math.exp(-rate);
        double product = random.nextDouble();
        int counts = 0;
        while (product > limit) {
            product *= random.nextDouble();
            counts++;
        }
        return counts;
    }
}
