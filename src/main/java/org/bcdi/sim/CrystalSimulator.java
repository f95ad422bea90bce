package org.bcdi.sim;

import java.util.SplittableRandom;
import org.bcdi.fourier.FourierTransform;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;
import org.bcdi.volume.Volume;

/**
 * Bragg coherent diffraction of a random strained crystal: the wave at the detector is the Fourier transform of the crystal
 * (Robinson &amp; Harder 2009, doi 10.1038/nmat2400), what is measured its intensity in counted photons.
 *
 * <p>The sharp faces scatter beyond the array's edge. So the crystal is sampled twice as finely along each axis as the
 * array needs, and only the inner half of its transform is kept: the pattern is cut at the edge of the detector, as a
 * measured one is, instead of wrapping round.
 */
public final class CrystalSimulator {
    private CrystalSimulator() {}

    /** Seconds for 128^3; needs about ten times the memory of the rate. */
    public static SimulatedScan simulate(SimulationSettings settings) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        SplittableRandom noise = random.split();
        ComplexVolume wave = wave(Crystal.random(random, settings), settings.shape());
        scale(wave, Math.sqrt(settings.photons() / total(intensity(wave))));
        Volume rate = intensity(wave);
        if (settings.coherenceBlur() > 0) {
            rate = Coherence.blur(rate, settings.coherenceBlur());
        }
        return new SimulatedScan(rate, PoissonCounts.draw(rate, noise), FourierTransform.toObject(wave));
    }

    /**
     * The inner half of the transform on the twice finer grid, from the eight interleaved grids of single fineness: each is
     * transformed by itself and turned by the phase of its shift of half a voxel.
     */
    private static ComplexVolume wave(Crystal crystal, Shape3 shape) {
        float[] sum = new float[2 * shape.size()];
        for (int part = 0; part < 8; part++) {
            double dz = 0.5 * (part >> 2);
            double dy = 0.5 * (part >> 1 & 1);
            double dx = 0.5 * (part & 1);
            ComplexVolume object = new ComplexVolume(shape, crystal.sample(shape, dz, dy, dx));
            addShifted(sum, FourierTransform.toDetector(object), dz, dy, dx);
        }
        return new ComplexVolume(shape, sum);
    }

    private static void addShifted(float[] sum, ComplexVolume wave, double dz, double dy, double dx) {
        Shape3 shape = wave.shape();
        float[] data = wave.data();
        Slabs.parallel(shape.nz(), z -> {
            double alongZ = dz * (z - shape.nz() / 2) / shape.nz();
            for (int y = 0; y < shape.ny(); y++) {
                double alongY = alongZ + dy * (y - shape.ny() / 2) / shape.ny();
                for (int x = 0; x < shape.nx(); x++) {
                    double angle = -2 * Math.PI * (alongY + dx * (x - shape.nx() / 2) / shape.nx());
                    double cos = Math.cos(angle);
                    double sin = Math.sin(angle);
                    int i = 2 * shape.index(z, y, x);
                    sum[i] += (float) (cos * data[i] - sin * data[i + 1]);
                    sum[i + 1] += (float) (sin * data[i] + cos * data[i + 1]);
                }
            }
        });
    }

    private static Volume intensity(ComplexVolume wave) {
        float[] data = wave.data();
        float[] intensity = new float[wave.shape().size()];
        for (int i = 0; i < intensity.length; i++) {
            intensity[i] = data[2 * i] * data[2 * i] + data[2 * i + 1] * data[2 * i + 1];
        }
        return new Volume(wave.shape(), intensity);
    }

    /** Scales a wave that nobody else has seen yet. */
    private static void scale(ComplexVolume wave, double factor) {
        float[] data = wave.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (data[i] * factor);
        }
    }

    private static double total(Volume volume) {
        double sum = 0;
        for (float value : volume.data()) {
            sum += value;
        }
        return sum;
    }
}
