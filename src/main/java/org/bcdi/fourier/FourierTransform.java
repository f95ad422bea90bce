package org.bcdi.fourier;

import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * The 3D discrete Fourier transform of one shape, in place on interleaved complex numbers (re, im, re, im ..., C order).
 * Forward is exp(-2 pi i k x / N), backward its conjugate; the plain transforms are not scaled, the orthonormal ones keep
 * the sum of |f|^2 (Parseval). Origins are at index 0: stored arrays, whose origin is at N/2, go through {@link Shift}, or
 * through {@link #toDetector} and {@link #toObject}.
 *
 * <p>Any extent works, {@link GoodSizes} are fast. Lines are transformed by JTransforms, or by MKL where that is on the class path
 * (Maven profile {@code mkl}), on all cores; the result does not depend on how many there are. Immutable and safe for any number
 * of threads.
 */
public final class FourierTransform {
    private final Shape3 shape;
    private final LineTransforms lines;

    public FourierTransform(Shape3 shape) {
        if (shape.size() > (Integer.MAX_VALUE - 8) / 2) {
            throw new IllegalArgumentException("a transform holds at most 2^30 complex numbers: " + shape);
        }
        this.shape = shape;
        this.lines = MklLines.available() ? new MklLines(shape) : new JTransformsLines(shape);
    }

    /** The library that transforms here: MKL where it is on the class path, else JTransforms. */
    public static String library() {
        return MklLines.available() ? "MKL" : "JTransforms";
    }

    public Shape3 shape() {
        return shape;
    }

    /** F(k) = sum over x of f(x) exp(-2 pi i k x / N), without a factor. */
    public void forward(float[] data) {
        transform(data, true);
    }

    /** f(x) = sum over k of F(k) exp(+2 pi i k x / N), without a factor: after {@link #forward} the values are size() times too large. */
    public void backward(float[] data) {
        transform(data, false);
    }

    /** Forward, divided by sqrt(size). */
    public void forwardOrthonormal(float[] data) {
        forward(data);
        scale(data, orthonormalFactor());
    }

    /** Backward, divided by sqrt(size): undoes {@link #forwardOrthonormal}. */
    public void backwardOrthonormal(float[] data) {
        backward(data);
        scale(data, orthonormalFactor());
    }

    /** 1 / sqrt(size), the factor that makes either direction orthonormal. */
    public double orthonormalFactor() {
        return 1 / Math.sqrt(shape.size());
    }

    /** The complex wave at the detector of an object, both with their origin at N/2, orthonormal. */
    public static ComplexVolume toDetector(ComplexVolume object) {
        float[] data = Shift.fromCentre(object.shape(), object.data());
        new FourierTransform(object.shape()).forwardOrthonormal(data);
        return new ComplexVolume(object.shape(), Shift.toCentre(object.shape(), data));
    }

    /** The object of a complex wave at the detector: undoes {@link #toDetector}. */
    public static ComplexVolume toObject(ComplexVolume wave) {
        float[] data = Shift.fromCentre(wave.shape(), wave.data());
        new FourierTransform(wave.shape()).backwardOrthonormal(data);
        return new ComplexVolume(wave.shape(), Shift.toCentre(wave.shape(), data));
    }

    private void transform(float[] data, boolean forward) {
        if (data.length != 2 * shape.size()) {
            throw new IllegalArgumentException(
                    "a transform of " + shape + " needs " + 2L * shape.size() + " values, got " + data.length);
        }
        int frame = shape.frameSize();
        Slabs.parallel(shape.nz(), z -> lines.frame(data, z * frame, forward));
        if (shape.nz() > 1) {
            Slabs.parallel(shape.ny(), y -> lines.columns(data, y * shape.nx(), forward));
        }
    }

    private void scale(float[] data, double factor) {
        float scale = (float) factor;
        int slab = 2 * shape.frameSize();
        Slabs.parallel(shape.nz(), z -> {
            for (int i = z * slab; i < (z + 1) * slab; i++) {
                data[i] *= scale;
            }
        });
    }
}
