package org.bcdi.fourier;

import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * The 3D discrete Fourier transform of one shape, in place on interleaved complex numbers (re, im, re, im ..., C order).
 * Forward is exp(-2 pi i k x / N), backward its conjugate; the plain transforms are not scaled, the orthonormal ones keep
 * the sum of |f|^2 (Parseval). Origins are at index 0: stored arrays, whose origin is at N/2, go through {@link Shift}, or
 * through {@link #toDetector} and {@link #toObject}.
 *
 * <p>Any extent works, {@link GoodSizes} are fast. Lines are transformed by JTransforms, on all cores; the result does not
 * depend on how many there are. Immutable and safe for any number of threads.
 */
public final class FourierTransform {
    /** Lines gathered side by side for the axes that are not contiguous: 16 complex floats fill two cache lines. */
    private static final int BLOCK = 16;

    private final Shape3 shape;
    private final FloatFFT_1D alongZ;
    private final FloatFFT_1D alongY;
    private final FloatFFT_1D alongX;

    public FourierTransform(Shape3 shape) {
        if (shape.size() > (Integer.MAX_VALUE - 8) / 2) {
            throw new IllegalArgumentException("a transform holds at most 2^30 complex numbers: " + shape);
        }
        this.shape = shape;
        this.alongX = new FloatFFT_1D(shape.nx());
        this.alongY = shape.ny() == shape.nx() ? alongX : new FloatFFT_1D(shape.ny());
        this.alongZ = shape.nz() == shape.ny() ? alongY : new FloatFFT_1D(shape.nz());
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
        Slabs.parallel(shape.nz(), z -> {
            for (int y = 0; y < shape.ny(); y++) {
                line(alongX, data, 2 * shape.index(z, y, 0), forward);
            }
            lines(alongY, data, z * frame, shape.ny(), shape.nx(), forward);
        });
        if (shape.nz() > 1) {
            Slabs.parallel(shape.ny(), y -> lines(alongZ, data, y * shape.nx(), shape.nz(), frame, forward));
        }
    }

    /** Transforms nx neighbouring lines of {@code length} voxels that lie {@code stride} voxels apart, from voxel {@code start} on. */
    private void lines(FloatFFT_1D fft, float[] data, int start, int length, int stride, boolean forward) {
        if (length == 1) {
            return;
        }
        float[] block = new float[2 * length * Math.min(BLOCK, shape.nx())];
        for (int first = 0; first < shape.nx(); first += BLOCK) {
            int count = Math.min(BLOCK, shape.nx() - first);
            for (int k = 0; k < length; k++) {
                int from = 2 * (start + k * stride + first);
                for (int line = 0; line < count; line++) {
                    int to = 2 * (line * length + k);
                    block[to] = data[from + 2 * line];
                    block[to + 1] = data[from + 2 * line + 1];
                }
            }
            for (int line = 0; line < count; line++) {
                line(fft, block, 2 * line * length, forward);
            }
            for (int k = 0; k < length; k++) {
                int to = 2 * (start + k * stride + first);
                for (int line = 0; line < count; line++) {
                    int from = 2 * (line * length + k);
                    data[to + 2 * line] = block[from];
                    data[to + 2 * line + 1] = block[from + 1];
                }
            }
        }
    }

    private static void line(FloatFFT_1D fft, float[] data, int offset, boolean forward) {
        if (forward) {
            fft.complexForward(data, offset);
        } else {
            fft.complexInverse(data, offset, false);
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
