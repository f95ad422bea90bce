package org.bcdi.phase;

import java.util.BitSet;
import org.bcdi.fourier.FourierTransform;
import org.bcdi.fourier.Shift;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;
import org.bcdi.volume.Volume;

/**
 * What the solver knows of the intensity, in transform order (origin at index 0). The modulus of the unscaled transform is
 * bound to an interval: a measured voxel to one value, one kept from the solver to nothing, a free one to what is not brighter
 * than the brightest measured voxel as far from the peak, and a filled one to what its intensity plus or minus one standard
 * deviation allows. That guides HIO; where the object settles, filled voxels are released to anything from nothing to
 * {@value #RELEASED} deviations above their intensity.
 *
 * <p>In the Poisson likelihood the rate of a free voxel has an exponential prior, as the intensities of speckles have about
 * their mean (Goodman 1975): that of the measured voxels as far from the peak, or for a filled voxel its intensity plus one
 * deviation, which is the nearer one. Without it, what the support leaves undetermined keeps any power that an iteration
 * has put there. Immutable; arrays are read only.
 */
final class Measurement {
    /** How much the prior of a free voxel counts: weak, since the likeliest value of an exponential distribution is 0. */
    private static final double PRIOR = 0.1;

    /** Deviations above its intensity that a filled voxel may have where the object settles. */
    private static final double RELEASED = 3;

    final FourierTransform transform;
    /** Photons, measured or filled. */
    final float[] counts;
    /** Weight of each voxel in the likelihood: 1 measured, 0 free or filled. */
    final float[] weight;
    /** Of free and filled voxels: the slope of the prior, a part of one over its mean; 0 elsewhere. */
    final float[] prior;

    private final Bounds guiding;
    private final Bounds released;
    /** Voxels whose counts were filled in. */
    private final BitSet filled = new BitSet();
    /** Measured voxels kept from the solver. */
    final byte[] kept;

    private Measurement(Shape3 shape, float[] counts, byte[] kept, boolean fills) {
        this.transform = new FourierTransform(shape);
        this.counts = counts;
        this.weight = new float[counts.length];
        this.prior = new float[counts.length];
        this.guiding = new Bounds(counts.length);
        this.released = fills ? new Bounds(counts.length) : guiding;
        this.kept = kept;
    }

    /**
     * @param problem that is sound
     * @param kept 1 where a measured voxel is kept from the solver
     */
    static Measurement of(PhasingProblem problem, Mask kept) {
        Shape3 shape = problem.intensity().shape();
        float[] counts = Shift.fromCentre(shape, problem.intensity().data());
        byte[] free = fromCentre(shape, problem.free().data());
        Volume given = problem.deviation();
        float[] deviation = given == null ? null : Shift.fromCentre(shape, given.data());
        Measurement made = new Measurement(shape, counts, fromCentre(shape, kept.data()), deviation != null);
        for (int i = 0; i < counts.length; i++) {
            made.take(i, free[i] == 0 ? 0 : deviation == null ? Double.POSITIVE_INFINITY : deviation[i], free[i] == 0);
        }
        Envelope envelope = new Envelope(shape, counts, made.weight);
        for (int i = 0; i < counts.length; i++) {
            if (free[i] != 0 && !made.tells(i)) {
                made.expect(i, envelope);
            }
        }
        return made;
    }

    /** What is known of a voxel by itself: nothing, its counts, or what it was filled with. */
    private void take(int i, double deviation, boolean measured) {
        if (kept[i] != 0 || !(deviation < Double.POSITIVE_INFINITY)) {
            counts[i] = measured ? counts[i] : 0;
            bind(i, 0, Double.POSITIVE_INFINITY);
            return;
        }
        if (deviation == 0) {
            weight[i] = 1;
            bind(i, counts[i], counts[i]);
        } else {
            filled.set(i);
            guiding.set(i, modulus(counts[i] - deviation), modulus(counts[i] + deviation));
            released.set(i, 0, modulus(counts[i] + RELEASED * deviation));
            prior[i] = prior(counts[i] + deviation);
        }
    }

    /** What voxels as far from the peak tell of one that is free. */
    private void expect(int i, Envelope envelope) {
        bind(i, 0, envelope.largest(i));
        prior[i] = prior(envelope.mean(i));
    }

    /** Holds a voxel to the same photons always. */
    private void bind(int i, double least, double greatest) {
        guiding.set(i, modulus(least), modulus(greatest));
        released.set(i, modulus(least), modulus(greatest));
    }

    private static float prior(double mean) {
        return (float) (PRIOR / (mean + CountModel.LEAST_BACKGROUND));
    }

    /** What an iteration holds the modulus to. */
    Bounds bounds(Mixing mixing) {
        return mixing.releases() ? released : guiding;
    }

    private double modulus(double photons) {
        return Math.sqrt(shape().size() * Math.max(0, photons));
    }

    /** Whether counts are known, measured or filled. */
    boolean tells(int i) {
        return weight[i] > 0 || filled.get(i);
    }

    private static byte[] fromCentre(Shape3 shape, byte[] data) {
        return Shift.roll(shape, data, -(shape.nz() / 2), -(shape.ny() / 2), -(shape.nx() / 2));
    }

    Shape3 shape() {
        return transform.shape();
    }

    /** Sum over voxels of all slabs of what {@code slab} returns for the voxels from {@code first} to before {@code last}; the order of summation is fixed. */
    double sum(SlabSum slab) {
        int frame = shape().frameSize();
        double[] parts = new double[shape().nz()];
        Slabs.parallel(parts.length, z -> parts[z] = slab.over(z * frame, (z + 1) * frame));
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }

    /** A sum over some of the voxels. */
    interface SlabSum {
        double over(int first, int last);
    }
}
