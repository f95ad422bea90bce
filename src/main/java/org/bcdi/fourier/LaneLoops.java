package org.bcdi.fourier;

/**
 * What butterflies are made of: loops over lanes, small enough for Java 17 to turn each into vector instructions, which one more
 * multiplication can undo. A whole butterfly in one loop reads and writes memory half as often, and takes twice as long. Each works
 * on the first {@code count} lanes.
 */
final class LaneLoops {
    private LaneLoops() {}

    static void sumAndDifference(float[] sum, float[] difference, float[] a, float[] b, int count) {
        for (int lane = 0; lane < count; lane++) {
            float left = a[lane];
            float right = b[lane];
            sum[lane] = left + right;
            difference[lane] = left - right;
        }
    }

    static void sum(float[] to, float[] a, float[] b, int count) {
        for (int lane = 0; lane < count; lane++) {
            to[lane] = a[lane] + b[lane];
        }
    }

    /** factor (a - b). */
    static void difference(float[] to, float factor, float[] a, float[] b, int count) {
        for (int lane = 0; lane < count; lane++) {
            to[lane] = factor * (a[lane] - b[lane]);
        }
    }

    /** a x + b y. */
    static void weighted(float[] to, float a, float[] x, float b, float[] y, int count) {
        for (int lane = 0; lane < count; lane++) {
            to[lane] = a * x[lane] + b * y[lane];
        }
    }

    /** s + a x + b y. */
    static void weighted(float[] to, float[] s, float a, float[] x, float b, float[] y, int count) {
        for (int lane = 0; lane < count; lane++) {
            to[lane] = s[lane] + a * x[lane] + b * y[lane];
        }
    }

    /**
     * x + i y = ((s + i t) - i (f + i g)) (cos + i sin). Called with all parts exchanged and the sign of sin, the same of plus i.
     */
    static void turnedMinusI(
            float[] x, float[] y, float[] s, float[] t, float[] f, float[] g, float cos, float sin, int count) {
        for (int lane = 0; lane < count; lane++) {
            float p = s[lane] + g[lane];
            float q = t[lane] - f[lane];
            x[lane] = p * cos - q * sin;
            y[lane] = p * sin + q * cos;
        }
    }

    /** (re + i im) (cos + i sin). */
    static void turned(float[] toRe, float[] toIm, float[] re, float[] im, float cos, float sin, int count) {
        for (int lane = 0; lane < count; lane++) {
            toRe[lane] = re[lane] * cos - im[lane] * sin;
            toIm[lane] = re[lane] * sin + im[lane] * cos;
        }
    }
}
