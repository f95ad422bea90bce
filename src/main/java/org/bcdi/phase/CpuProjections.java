package org.bcdi.phase;

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
            project();
            mix(mixing, support);
        }
    }

    /** Fills {@link #projected()} with the nearest object whose transform leads to the measured counts. */
    void project() {
        System.arraycopy(object, 0, projected, 0, object.length);
        measurement.transform.forward(projected);
        int frame = measurement.shape().frameSize();
        if (model.sharp() && model.response().background() == 0) {
            Slabs.parallel(measurement.shape().nz(), z -> bind(z * frame, (z + 1) * frame));
        } else {
            float[] rate = model.rate(projected);
            Slabs.parallel(measurement.shape().nz(), z -> bind(rate, z * frame, (z + 1) * frame));
        }
        measurement.transform.backward(projected);
    }

    /** Moves each modulus as far as measurement and noise ask, keeps the phase, and divides by size for the way back. */
    private void bind(int first, int last) {
        float[] low = measurement.low;
        float[] high = measurement.high;
        float scale = 1f / measurement.shape().size();
        float trust = (float) model.trust();
        for (int i = first; i < last; i++) {
            float re = projected[2 * i];
            float im = projected[2 * i + 1];
            float modulus = (float) Math.sqrt(re * re + im * im);
            float allowed = Math.min(Math.max(modulus, low[i]), high[i]);
            if (trust > 0) {
                allowed = CountModel.between(modulus, allowed, trust);
            }
            if (modulus > 0) {
                projected[2 * i] = re * (allowed * scale / modulus);
                projected[2 * i + 1] = im * (allowed * scale / modulus);
            } else {
                projected[2 * i] = allowed * scale;
            }
        }
    }

    /** The same where counts are more than the squared modulus: each modulus by the root of allowed over expected counts. */
    private void bind(float[] rate, int first, int last) {
        float size = measurement.shape().size();
        float scale = 1f / size;
        float background = (float) model.response().background();
        float trust = (float) model.trust();
        for (int i = first; i < last; i++) {
            float expected = (float) Math.sqrt(size * (rate[i] + background));
            float allowed = Math.min(Math.max(expected, measurement.low[i]), measurement.high[i]);
            if (trust > 0) {
                allowed = CountModel.between(expected, allowed, trust);
            }
            float factor = expected > 0 ? scale * allowed / expected : scale;
            projected[2 * i] *= factor;
            projected[2 * i + 1] *= factor;
        }
    }

    void mix(Mixing mixing, Support support) {
        byte[] inside = support.inside();
        float a = (float) mixing.old();
        float b = (float) mixing.fresh();
        int frame = measurement.shape().frameSize();
        Slabs.parallel(measurement.shape().nz(), z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                if (inside[i] != 0) {
                    object[2 * i] = projected[2 * i];
                    object[2 * i + 1] = projected[2 * i + 1];
                } else {
                    object[2 * i] = a * object[2 * i] + b * projected[2 * i];
                    object[2 * i + 1] = a * object[2 * i + 1] + b * projected[2 * i + 1];
                }
            }
        });
    }
}
