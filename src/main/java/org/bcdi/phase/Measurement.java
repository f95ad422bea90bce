package org.bcdi.phase;

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
 * deviation allows.
 *
 * <p>In the Poisson likelihood a filled voxel of rate I and deviation s counts as a measurement with the weight
 * (I + s) / s^2, at most 1: the information I / s^2 that such a statement holds, relative to one measurement of the same
 * rate. A free voxel's rate has an exponential prior with the mean of the measured ones as far from the peak: without it,
 * what the support leaves undetermined keeps any power that an iteration has put there. Immutable; arrays are read only.
 */
final class Measurement {
    /** How much the prior of a free voxel counts: weak, since the likeliest value of an exponential distribution is 0. */
    private static final double PRIOR = 0.1;

    final FourierTransform transform;
    /** Photons. */
    final float[] counts;
    /** Weight of each voxel in the likelihood: 1 measured, 0 free. */
    final float[] weight;
    /** Of free voxels: the slope of the prior, a part of one over the mean rate as far from the peak; 0 elsewhere. */
    final float[] prior;
    /** Least and greatest modulus of the unscaled transform, sqrt(size) times that of the orthonormal one. */
    final float[] low;

    final float[] high;
    /** Measured voxels kept from the solver. */
    final byte[] kept;

    private Measurement(
            FourierTransform transform,
            float[] counts,
            float[] weight,
            float[] prior,
            float[] low,
            float[] high,
            byte[] kept) {
        this.transform = transform;
        this.counts = counts;
        this.weight = weight;
        this.prior = prior;
        this.low = low;
        this.high = high;
        this.kept = kept;
    }

    /** @param kept 1 where a measured voxel is kept from the solver */
    static Measurement of(PhasingProblem problem, Mask kept) {
        Shape3 shape = problem.intensity().shape();
        float[] counts = Shift.fromCentre(shape, problem.intensity().data());
        byte[] free = fromCentre(shape, problem.free().data());
        byte[] unseen = fromCentre(shape, kept.data());
        Volume given = problem.deviation();
        float[] deviation = given == null ? null : Shift.fromCentre(shape, given.data());
        float[] weight = new float[counts.length];
        float[] low = new float[counts.length];
        float[] high = new float[counts.length];
        double scale = shape.size();
        for (int i = 0; i < counts.length; i++) {
            boolean measured = free[i] == 0;
            double spread = measured ? 0 : deviation == null ? Double.POSITIVE_INFINITY : deviation[i];
            if (unseen[i] != 0 || !(spread < Double.POSITIVE_INFINITY) || !Float.isFinite(counts[i])) {
                counts[i] = measured ? counts[i] : 0;
                high[i] = Float.POSITIVE_INFINITY;
                continue;
            }
            double rate = Math.max(0, counts[i]);
            counts[i] = (float) rate;
            low[i] = (float) Math.sqrt(scale * Math.max(0, rate - spread));
            high[i] = (float) Math.sqrt(scale * (rate + spread));
            weight[i] = spread == 0 ? 1 : (float) Math.min(1, (rate + spread) / (spread * spread));
        }
        float[] prior = new float[counts.length];
        Envelope envelope = new Envelope(shape, counts, weight);
        for (int i = 0; i < counts.length; i++) {
            if (free[i] != 0 && weight[i] == 0) {
                prior[i] = (float) (PRIOR / (envelope.mean(i) + CountModel.LEAST_BACKGROUND));
                high[i] = (float) Math.sqrt(scale * envelope.largest(i));
            }
        }
        return new Measurement(new FourierTransform(shape), counts, weight, prior, low, high, unseen);
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
