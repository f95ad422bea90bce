package org.bcdi.phase;

import java.util.List;
import java.util.Map;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;

/**
 * A reconstructed object, twin and phase offset resolved, centred in its array.
 *
 * @param object complex, amplitude in sqrt(photons) for an orthonormal transform, phase in radians
 * @param support 1 inside the particle: here, unlike in a mask of data, 1 is where something is
 * @param region of the intensity volume that was phased, of the object's shape
 * @param recipe as it was run
 * @param seed of the random start
 * @param metrics that say how far to trust it
 */
public record Reconstruction(
        ComplexVolume object, Mask support, Region3 region, String recipe, long seed, Metrics metrics) {

    /** The same, to be trusted so far. */
    Reconstruction withConfidence(double confidence) {
        Metrics told = new Metrics(
                metrics.rFactor,
                metrics.freeLogLikelihood,
                metrics.supportVoxels,
                metrics.prtf,
                metrics.starts,
                metrics.kept,
                confidence,
                metrics.signs);
        return new Reconstruction(object, support, region, recipe, seed, told);
    }

    /**
     * Figures of merit.
     *
     * @param rFactor sum |sqrt(I) - |F|| / sum sqrt(I) over measured voxels, NaN where they hold no photons
     * @param freeLogLikelihood mean Poisson deviance of measured voxels kept from the solver; smaller is better
     * @param supportVoxels number of voxels in the support
     * @param prtf phase retrieval transfer function by shells from the centre outwards; empty for a single start
     * @param starts run
     * @param kept index of the start that was kept
     * @param confidence from 0 (wrong) to 1 (right), NaN where nobody looked: how often reconstructions with such signs were
     *     right among simulated ones
     * @param signs by name; the confidence comes from {@code freeMisfit} and {@code unevenness}
     */
    public record Metrics(
            double rFactor,
            double freeLogLikelihood,
            int supportVoxels,
            List<Double> prtf,
            int starts,
            int kept,
            double confidence,
            Map<String, Double> signs) {
        public Metrics {
            prtf = List.copyOf(prtf);
            signs = Map.copyOf(signs);
        }

        /** Whether the object is more often wrong than right, as far as anybody can tell. */
        public boolean doubtful() {
            return confidence < 0.5;
        }

        /** Without a confidence. */
        public Metrics(
                double rFactor, double freeLogLikelihood, int supportVoxels, List<Double> prtf, int starts, int kept) {
            this(rFactor, freeLogLikelihood, supportVoxels, prtf, starts, kept, Double.NaN, Map.of());
        }
    }
}
