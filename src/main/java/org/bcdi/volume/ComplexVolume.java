package org.bcdi.volume;

/**
 * Complex numbers on a grid: the object and its Fourier transform. Real and imaginary parts alternate in one array, so
 * voxel i has its real part at 2 i. Ownership of the array passes to the volume, as for {@link Volume}.
 */
public final class ComplexVolume {
    private final Shape3 shape;
    private final float[] data;

    /** @param data re, im, re, im ... in C order (z, y, x), of {@code 2 * shape.size()} elements */
    public ComplexVolume(Shape3 shape, float[] data) {
        if (data.length != 2L * shape.size()) {
            throw new IllegalArgumentException(
                    "a complex volume of " + shape + " needs " + 2L * shape.size() + " values, got " + data.length);
        }
        this.shape = shape;
        this.data = data;
    }

    public Shape3 shape() {
        return shape;
    }

    /** The interleaved values themselves, not a copy; read only. */
    public float[] data() {
        return data;
    }

    public Volume amplitude() {
        float[] modulus = new float[shape.size()];
        for (int i = 0; i < modulus.length; i++) {
            modulus[i] = (float) Math.hypot(data[2 * i], data[2 * i + 1]);
        }
        return new Volume(shape, modulus);
    }

    /** Phase in radians, -pi to pi. */
    public Volume phase() {
        float[] angle = new float[shape.size()];
        for (int i = 0; i < angle.length; i++) {
            angle[i] = (float) Math.atan2(data[2 * i + 1], data[2 * i]);
        }
        return new Volume(shape, angle);
    }
}
