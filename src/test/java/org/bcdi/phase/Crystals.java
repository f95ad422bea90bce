package org.bcdi.phase;

import org.bcdi.fourier.FourierTransform;
import org.bcdi.mask.Mask;
import org.bcdi.sim.CrystalSimulator;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;

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
}
