package org.bcdi.phase;

import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/** Where the particle is, in transform order. Immutable. */
final class Support {
    private final Shape3 shape;
    private final byte[] inside;
    private final int count;

    Support(Shape3 shape, byte[] inside) {
        this.shape = shape;
        this.inside = inside;
        int voxels = 0;
        for (byte value : inside) {
            voxels += value;
        }
        this.count = voxels;
    }

    Shape3 shape() {
        return shape;
    }

    /** 1 inside; read only. */
    byte[] inside() {
        return inside;
    }

    int count() {
        return count;
    }

    /** Sets the interleaved complex values outside to zero. */
    void clearOutside(float[] object) {
        for (int i = 0; i < inside.length; i++) {
            if (inside[i] == 0) {
                object[2 * i] = 0;
                object[2 * i + 1] = 0;
            }
        }
    }

    /** Indices of the voxels inside, ascending. */
    int[] voxels() {
        int[] voxels = new int[count];
        int next = 0;
        for (int i = 0; i < inside.length; i++) {
            if (inside[i] != 0) {
                voxels[next++] = i;
            }
        }
        return voxels;
    }

    /**
     * The next support by a rule.
     *
     * @param object whose amplitude decides
     * @param before the support so far
     * @param sigma of the Gaussian now, in voxels
     */
    static Support shrinkWrap(float[] object, Support before, ShrinkWrap rule, double sigma) {
        Shape3 shape = before.shape;
        float[] amplitude = amplitude(shape, object);
        double rms = rule.reference() == ShrinkWrap.Reference.RMS ? before.rms(amplitude) : 0;
        Smoothing.gaussian(shape, amplitude, sigma);
        double reference = rule.reference() == ShrinkWrap.Reference.RMS ? rms : largest(amplitude);
        return exceeding(shape, amplitude, rule.threshold() * reference).grown(rule.loose());
    }

    /** Root of the mean square of values inside. */
    private double rms(float[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += inside[i] * (double) values[i] * values[i];
        }
        return Math.sqrt(sum / Math.max(1, count));
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    /** With all neighbours across faces, and theirs, so many times; the array is periodic. */
    Support grown(int voxels) {
        byte[] grown = inside;
        for (int time = 0; time < voxels; time++) {
            grown = grown(grown);
        }
        return new Support(shape, grown);
    }

    private byte[] grown(byte[] from) {
        byte[] to = from.clone();
        for (int axis = 0; axis < 3; axis++) {
            int stride = shape.stride(axis);
            int length = shape.length(axis);
            for (int i = 0; i < from.length; i++) {
                if (from[i] != 0) {
                    int at = i / stride % length;
                    to[at == 0 ? i + (length - 1) * stride : i - stride] = 1;
                    to[at == length - 1 ? i - (length - 1) * stride : i + stride] = 1;
                }
            }
        }
        return to;
    }

    /** The part on one side of the centre of mass, cut across the axis along which it is longest. */
    Support half() {
        int[] centre = Standard.centre(shape, inside);
        int axis = longestAxis(centre);
        byte[] half = new byte[inside.length];
        for (int i = 0; i < half.length; i++) {
            half[i] = fromCentre(i, axis, centre) >= 0 ? inside[i] : 0;
        }
        return new Support(shape, half);
    }

    private int longestAxis(int[] centre) {
        double[] squares = new double[3];
        for (int i = 0; i < inside.length; i++) {
            for (int axis = 0; axis < 3 && inside[i] != 0; axis++) {
                squares[axis] += Math.pow(fromCentre(i, axis, centre), 2);
            }
        }
        return squares[0] >= squares[1] && squares[0] >= squares[2] ? 0 : squares[1] >= squares[2] ? 1 : 2;
    }

    /** Distance along an axis by the shorter way round. */
    private int fromCentre(int i, int axis, int[] centre) {
        int length = shape.length(axis);
        return Math.floorMod(i / shape.stride(axis) % length - centre[axis] + length / 2, length) - length / 2;
    }

    /** Where values exceed a part of the largest. */
    static Support above(Shape3 shape, float[] values, double threshold) {
        return exceeding(shape, values, threshold * largest(values));
    }

    private static Support exceeding(Shape3 shape, float[] values, double level) {
        float limit = (float) level;
        byte[] inside = new byte[values.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) (values[i] > limit ? 1 : 0);
        }
        return new Support(shape, inside);
    }

    static float[] amplitude(Shape3 shape, float[] object) {
        float[] amplitude = new float[shape.size()];
        int frame = shape.frameSize();
        Slabs.parallel(shape.nz(), z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                float re = object[2 * i];
                float im = object[2 * i + 1];
                amplitude[i] = (float) Math.sqrt(re * re + im * im);
            }
        });
        return amplitude;
    }
}
