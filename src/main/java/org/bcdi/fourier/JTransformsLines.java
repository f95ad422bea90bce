package org.bcdi.fourier;

import org.bcdi.volume.Shape3;
import org.jtransforms.fft.FloatFFT_1D;

/** One line after the other by JTransforms, of any length. */
final class JTransformsLines implements LineTransforms {
    /** Lines gathered side by side for the axes that are not contiguous: 16 complex floats fill two cache lines. */
    private static final int BLOCK = 16;

    private final Shape3 shape;
    private final FloatFFT_1D alongZ;
    private final FloatFFT_1D alongY;
    private final FloatFFT_1D alongX;

    JTransformsLines(Shape3 shape) {
        this.shape = shape;
        this.alongX = new FloatFFT_1D(shape.nx());
        this.alongY = shape.ny() == shape.nx() ? alongX : new FloatFFT_1D(shape.ny());
        this.alongZ = shape.nz() == shape.ny() ? alongY : new FloatFFT_1D(shape.nz());
    }

    @Override
    public int framesOfBlock() {
        return 1;
    }

    @Override
    public int columnsOfBlock() {
        return BLOCK;
    }

    @Override
    public void frames(float[] data, int first, int count, boolean forward) {
        for (int row = first * shape.ny(); row < (first + count) * shape.ny(); row++) {
            line(alongX, data, 2 * row * shape.nx(), forward);
        }
        for (int frame = first; frame < first + count; frame++) {
            for (int x = 0; x < shape.nx(); x += BLOCK) {
                int start = frame * shape.frameSize() + x;
                lines(alongY, data, start, Math.min(BLOCK, shape.nx() - x), shape.ny(), shape.nx(), forward);
            }
        }
    }

    @Override
    public void columns(float[] data, int first, int count, boolean forward) {
        lines(alongZ, data, first, count, shape.nz(), shape.frameSize(), forward);
    }

    @Override
    public void columns(float[] data, int first, int count, WaveRow row) {
        columns(data, first, count, true);
        float[] re = new float[count];
        float[] im = new float[count];
        for (int voxel = first; voxel < shape.size(); voxel += shape.frameSize()) {
            for (int i = 0; i < count; i++) {
                re[i] = data[2 * (voxel + i)];
                im[i] = data[2 * (voxel + i) + 1];
            }
            row.change(voxel, re, im, count);
            for (int i = 0; i < count; i++) {
                data[2 * (voxel + i)] = re[i];
                data[2 * (voxel + i) + 1] = im[i];
            }
        }
        columns(data, first, count, false);
    }

    /** Transforms {@code count} neighbouring lines of {@code length} voxels that lie {@code stride} voxels apart, from voxel {@code start} on. */
    private void lines(FloatFFT_1D fft, float[] data, int start, int count, int length, int stride, boolean forward) {
        if (length == 1) {
            return;
        }
        float[] block = new float[2 * length * count];
        for (int k = 0; k < length; k++) {
            int from = 2 * (start + k * stride);
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
            int to = 2 * (start + k * stride);
            for (int line = 0; line < count; line++) {
                int from = 2 * (line * length + k);
                data[to + 2 * line] = block[from];
                data[to + 2 * line + 1] = block[from + 1];
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
}
