package org.bcdi.phase;

import org.bcdi.volume.Slabs;

/**
 * ER, HIO and RAAR: one iterate, projected on the modulus and mixed outside the support. In transform order; one thread.
 */
final class Projections {
    private final Measurement measurement;
    /** The iterate. */
    private final float[] object;
    /** Its projection on the modulus, after {@link #project}. */
    private final float[] projected;

    /** @param object the first iterate; ownership passes to the projections */
    Projections(Measurement measurement, float[] object) {
        this.measurement = measurement;
        this.object = object;
        this.projected = new float[object.length];
    }

    /** The iterate itself, changed by every iteration. */
    float[] object() {
        return object;
    }

    /** The projection of the iterate of the last {@link #project}. */
    float[] projected() {
        return projected;
    }

    /** Fills {@link #projected()} with the nearest object whose transform has the measured modulus. */
    void project() {
        System.arraycopy(object, 0, projected, 0, object.length);
        measurement.transform.forward(projected);
        int frame = measurement.shape().frameSize();
        Slabs.parallel(measurement.shape().nz(), z -> bind(z * frame, (z + 1) * frame));
        measurement.transform.backward(projected);
    }

    /** Moves each modulus to the nearest one that is allowed, keeps the phase, and divides by size for the way back. */
    private void bind(int first, int last) {
        float[] low = measurement.low;
        float[] high = measurement.high;
        float scale = 1f / measurement.shape().size();
        for (int i = first; i < last; i++) {
            float re = projected[2 * i];
            float im = projected[2 * i + 1];
            float modulus = (float) Math.sqrt(re * re + im * im);
            float allowed = Math.min(Math.max(modulus, low[i]), high[i]);
            if (modulus > 0) {
                projected[2 * i] = re * (allowed * scale / modulus);
                projected[2 * i + 1] = im * (allowed * scale / modulus);
            } else {
                projected[2 * i] = allowed * scale;
            }
        }
    }

    /** Error reduction: the projection inside the support, nothing outside. */
    void errorReduction(Support support) {
        mix(support, 0, 0);
    }

    /** Hybrid input-output: outside the support, the iterate less beta times its projection. */
    void hybridInputOutput(Support support, double beta) {
        mix(support, 1, -beta);
    }

    /** RAAR: outside the support, beta times the iterate plus (1 - 2 beta) times its projection. */
    void relaxedReflections(Support support, double beta) {
        mix(support, beta, 1 - 2 * beta);
    }

    /** Inside the support the projection, outside {@code old} times the iterate plus {@code fresh} times the projection. */
    private void mix(Support support, double old, double fresh) {
        byte[] inside = support.inside();
        float a = (float) old;
        float b = (float) fresh;
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
