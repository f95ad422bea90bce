package org.bcdi.phase;

import org.bcdi.fourier.WaveRow;

/**
 * Moves each modulus of an unscaled wave as far as measurement and noise ask, keeps the phase, and divides by size for the way
 * back. Small loops, for the vector units.
 */
final class ModulusProjection implements WaveRow {
    /** So that a wave of nothing stays nothing. */
    private static final float LEAST = 1e-20f;

    private final Bounds bounds;
    private final float trust;
    private final float scale;

    /** @param trust as in {@link CountModel#between}, 0 for the measured modulus itself */
    ModulusProjection(Bounds bounds, float trust) {
        this.bounds = bounds;
        this.trust = trust;
        this.scale = 1f / bounds.low.length;
    }

    @Override
    public void change(int first, float[] re, float[] im, int count) {
        float[] modulus = new float[count];
        float[] allowed = new float[count];
        modulus(modulus, re, im, count);
        bound(allowed, modulus, bounds.low, bounds.high, first, count);
        if (trust > 0) {
            between(allowed, modulus, trust, count);
        }
        ratio(allowed, modulus, scale, count);
        multiply(re, allowed, count);
        multiply(im, allowed, count);
    }

    private static void modulus(float[] to, float[] re, float[] im, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = (float) Math.sqrt(re[i] * re[i] + im[i] * im[i]);
        }
    }

    private static void bound(float[] to, float[] modulus, float[] low, float[] high, int first, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = Math.min(Math.max(modulus[i], low[first + i]), high[first + i]);
        }
    }

    private static void between(float[] allowed, float[] modulus, float trust, int count) {
        for (int i = 0; i < count; i++) {
            allowed[i] = CountModel.between(modulus[i], allowed[i], trust);
        }
    }

    private static void ratio(float[] allowed, float[] modulus, float scale, int count) {
        for (int i = 0; i < count; i++) {
            allowed[i] = allowed[i] * scale / (modulus[i] + LEAST);
        }
    }

    private static void multiply(float[] values, float[] factor, int count) {
        for (int i = 0; i < count; i++) {
            values[i] *= factor[i];
        }
    }
}
