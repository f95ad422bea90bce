package org.bcdi.fourier;

import java.util.function.IntConsumer;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * The 3D discrete Fourier transform of one shape, in place on interleaved complex numbers (re, im, re, im ..., C order).
 * Forward is exp(-2 pi i k x / N), backward its conjugate; the plain transforms are not scaled, the orthonormal ones keep
 * the sum of |f|^2 (Parseval). Origins are at index 0: stored arrays, whose origin is at N/2, go through {@link Shift}, or
 * through {@link #toDetector} and {@link #toObject}.
 *
 * <p>Any extent works, {@link GoodSizes} are fast: their lines are transformed many at once, all others by JTransforms. All cores work;
 * the result does not depend on how many there are. Immutable and safe for any number of threads.
 */
public final class FourierTransform {
    private final Shape3 shape;
    private final LineTransforms lines;

    public FourierTransform(Shape3 shape) {
        if (shape.size() > (Integer.MAX_VALUE - 8) / 2) {
            throw new IllegalArgumentException("a transform holds at most 2^30 complex numbers: " + shape);
        }
        this.shape = shape;
        this.lines = LaneLines.transforms(shape) ? new LaneLines(shape) : new JTransformsLines(shape);
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

    /**
     * Forward, a change of each row of the wave, and backward: as {@link #forward}, the change and {@link #backward}, with a quarter
     * less of the way through memory.
     *
     * @param before fills slab z of the data; called once for each z, before that slab is looked at
     * @param wave what is done at the detector
     * @param after told that slab z is done
     */
    public void roundTrip(float[] data, IntConsumer before, WaveRow wave, IntConsumer after) {
        check(data);
        frames((first, count) -> {
            for (int z = first; z < first + count; z++) {
                before.accept(z);
            }
            lines.frames(data, first, count, true);
        });
        columns((first, count) -> lines.columns(data, first, count, wave));
        frames((first, count) -> {
            lines.frames(data, first, count, false);
            for (int z = first; z < first + count; z++) {
                after.accept(z);
            }
        });
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

    /** As {@link #forward} where all frames from number {@code frames} on are zero. */
    public void forwardOfFirst(int frames, float[] data) {
        check(data);
        parts(frames, lines.framesOfBlock(), (first, count) -> lines.frames(data, first, count, true));
        columns(data, true);
    }

    /** As {@link #backward}, but only of the first and last {@code frames} frames; what the others hold afterwards is of no use. */
    public void backwardToOuter(int frames, float[] data) {
        check(data);
        columns(data, false);
        int wanted = Math.min(frames, shape.nz());
        int last = Math.max(wanted, shape.nz() - wanted);
        parts(wanted, lines.framesOfBlock(), (first, count) -> lines.frames(data, first, count, false));
        parts(
                shape.nz() - last,
                lines.framesOfBlock(),
                (first, count) -> lines.frames(data, last + first, count, false));
    }

    private void transform(float[] data, boolean forward) {
        check(data);
        frames((first, count) -> lines.frames(data, first, count, forward));
        columns(data, forward);
    }

    private void frames(Part part) {
        parts(shape.nz(), lines.framesOfBlock(), part);
    }

    private void columns(float[] data, boolean forward) {
        if (shape.nz() > 1) {
            columns((first, count) -> lines.columns(data, first, count, forward));
        }
    }

    private void columns(Part part) {
        parts(shape.frameSize(), lines.columnsOfBlock(), part);
    }

    private static void parts(int total, int most, Part part) {
        Slabs.parallel((total + most - 1) / most, i -> part.of(i * most, Math.min(most, total - i * most)));
    }

    /** What one thread does at a time. */
    private interface Part {
        void of(int first, int count);
    }

    private void check(float[] data) {
        if (data.length != 2 * shape.size()) {
            throw new IllegalArgumentException(
                    "a transform of " + shape + " needs " + 2L * shape.size() + " values, got " + data.length);
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
