package org.bcdi.fourier;

import java.util.ArrayList;
import java.util.List;

/**
 * The transform of lines of one length, many at once, so that each step of it is a loop over lanes: Stockham's autosort algorithm
 * (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section 1.7) with factors 4, 2, 3 and 5. Not scaled.
 * Immutable.
 */
final class LaneTransform {
    private final int length;
    private final int[] factors;
    /** exp(-2 pi i k / length). */
    private final float[] cos;

    private final float[] sin;

    /** @param length a good size: a product of 2, 3 and 5 */
    LaneTransform(int length) {
        this.length = length;
        this.factors = factors(length);
        this.cos = new float[length];
        this.sin = new float[length];
        for (int k = 0; k < length; k++) {
            cos[k] = (float) Math.cos(2 * Math.PI * k / length);
            sin[k] = (float) -Math.sin(2 * Math.PI * k / length);
        }
    }

    int length() {
        return length;
    }

    /** Of the first {@code count} lanes. Backward is forward with real and imaginary parts exchanged, before and after. */
    void transform(Lanes lanes, int count, boolean forward) {
        if (!forward) {
            lanes.exchangeParts();
        }
        int stride = 1;
        int groups = length;
        for (int factor : factors) {
            groups /= factor;
            for (int twiddle = 0; twiddle < groups * stride; twiddle += stride) {
                new Butterflies(lanes, count, stride, groups, twiddle, turns(factor, twiddle)).all(factor);
            }
            stride *= factor;
            lanes.turnOver();
        }
        if (!forward) {
            lanes.exchangeParts();
        }
    }

    private static int[] factors(int length) {
        List<Integer> found = new ArrayList<>();
        int rest = length;
        for (int factor : new int[] {4, 2, 3, 5}) {
            while (rest % factor == 0) {
                found.add(factor);
                rest /= factor;
            }
        }
        if (rest != 1) {
            throw new IllegalArgumentException("lanes transform products of 2, 3 and 5 only: " + length);
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** exp(-2 pi i k twiddle / length) for k = 0 to factor - 1: pairs (re, im). */
    private float[] turns(int factor, int twiddle) {
        float[] turns = new float[2 * factor];
        for (int k = 0; k < factor; k++) {
            int at = (int) ((long) k * twiddle % length);
            turns[2 * k] = cos[at];
            turns[2 * k + 1] = sin[at];
        }
        return turns;
    }
}
