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

    /** Where the amplitude, smoothed by a Gaussian of {@code sigma} voxels, exceeds {@code threshold} of its maximum. */
    static Support shrinkWrap(Shape3 shape, float[] object, double sigma, double threshold) {
        float[] amplitude = amplitude(shape, object);
        Smoothing.gaussian(shape, amplitude, sigma);
        return above(shape, amplitude, threshold);
    }

    /** Where values exceed a part of the largest. */
    static Support above(Shape3 shape, float[] values, double threshold) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        float level = (float) (threshold * largest);
        byte[] inside = new byte[values.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) (values[i] > level ? 1 : 0);
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
