package org.bcdi.phase;

import java.util.function.IntConsumer;
import org.bcdi.volume.Slabs;

/** The iterate on the CPU, the transform by {@link org.bcdi.fourier.FourierTransform}. */
final class CpuProjections implements Projections {
    /** At 128^3 half a second on two cores. */
    private static final int BLOCK = 5;

    private final Measurement measurement;
    private final CountModel model;
    /** The iterate. */
    private final float[] object;
    /** Its projection on the modulus, after {@link #project}. */
    private final float[] projected;

    /** @param object the first iterate; ownership passes to the projections */
    CpuProjections(Measurement measurement, CountModel model, float[] object) {
        this.measurement = measurement;
        this.model = model;
        this.object = object;
        this.projected = new float[object.length];
    }

    @Override
    public int block() {
        return BLOCK;
    }

    @Override
    public float[] object() {
        return object;
    }

    @Override
    public float[] projected() {
        return projected;
    }

    @Override
    public void iterate(Mixing mixing, Support support, int count) {
        for (int i = 0; i < count; i++) {
            if (mixing.limits()) {
                // The limit is known when all of the projection is.
                project(mixing, z -> {});
                mix(mixing, support);
            } else {
                project(mixing, z -> mix(mixing, support, z, Float.POSITIVE_INFINITY));
            }
        }
    }

    /**
     * Fills {@link #projected()} with the nearest object whose transform leads to the measured counts.
     *
     * @param done told that slab z of the projection is there
     */
    void project(Mixing mixing, IntConsumer done) {
        Bounds bounds = measurement.bounds(mixing);
        int slab = 2 * measurement.shape().frameSize();
        if (model.sharp() && model.response().background() == 0) {
            measurement.transform.roundTrip(
                    projected,
                    z -> System.arraycopy(object, z * slab, projected, z * slab, slab),
                    new ModulusProjection(bounds, (float) model.trust()),
                    done);
            return;
        }
        System.arraycopy(object, 0, projected, 0, object.length);
        measurement.transform.forward(projected);
        float[] rate = model.rate(projected);
        Slabs.parallel(measurement.shape().nz(), z -> bind(bounds, rate, z * slab / 2, (z + 1) * slab / 2));
        measurement.transform.backward(projected);
        Slabs.parallel(measurement.shape().nz(), done);
    }

    /**
     * {@link ModulusProjection} where counts are more than the squared modulus: each modulus by the root of allowed over expected
     * counts. Divides by size for the way back.
     */
    private void bind(Bounds bounds, float[] rate, int first, int last) {
        float size = measurement.shape().size();
        float scale = 1f / size;
        float background = (float) model.response().background();
        float trust = (float) model.trust();
        for (int i = first; i < last; i++) {
            float expected = (float) Math.sqrt(size * (rate[i] + background));
            float allowed = bounds.nearest(i, expected);
            if (trust > 0) {
                allowed = CountModel.between(expected, allowed, trust);
            }
            float factor = expected > 0 ? scale * allowed / expected : scale;
            projected[2 * i] *= factor;
            projected[2 * i + 1] *= factor;
        }
    }

    void mix(Mixing mixing, Support support) {
        float most = mixing.limits() ? (float) (mixing.density() * mean(support)) : Float.POSITIVE_INFINITY;
        Slabs.parallel(measurement.shape().nz(), z -> mix(mixing, support, z, most));
    }

    /** Mean amplitude of the projection inside the support, each voxel weighted by its own, so that the many of a support too large do not lower it. */
    private double mean(Support support) {
        double power = measurement.sum((first, last) -> sum(support, first, last, true));
        return power / Math.max(1e-30, measurement.sum((first, last) -> sum(support, first, last, false)));
    }

    /** Of the projection's amplitudes inside, or of their squares. */
    private double sum(Support support, int first, int last, boolean squares) {
        byte[] inside = support.inside();
        double sum = 0;
        for (int i = first; i < last; i++) {
            if (inside[i] != 0) {
                double square = square(i);
                sum += squares ? square : Math.sqrt(square);
            }
        }
        return sum;
    }

    private float square(int i) {
        return projected[2 * i] * projected[2 * i] + projected[2 * i + 1] * projected[2 * i + 1];
    }

    /** @param most amplitude inside */
    private void mix(Mixing mixing, Support support, int z, float most) {
        int frame = measurement.shape().frameSize();
        mixOutside(object, projected, (float) mixing.old(), (float) mixing.fresh(), 2 * z * frame, 2 * (z + 1) * frame);
        byte[] inside = support.inside();
        for (int i = z * frame; i < (z + 1) * frame; i++) {
            if (inside[i] != 0) {
                float square = square(i);
                float factor = square > most * most ? most / (float) Math.sqrt(square) : 1;
                object[2 * i] = factor * projected[2 * i];
                object[2 * i + 1] = factor * projected[2 * i + 1];
            }
        }
    }

    /** Everywhere at first: one small loop, for the vector units. */
    private static void mixOutside(float[] object, float[] projected, float old, float fresh, int first, int last) {
        for (int i = first; i < last; i++) {
            object[i] = old * object[i] + fresh * projected[i];
        }
    }
}
