package org.bcdi.fourier;

import org.bcdi.volume.Shape3;
import org.jtransforms.fft.FloatFFT_1D;

/** One line after the other by JTransforms. */
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
    public void frame(float[] data, int start, boolean forward) {
        for (int y = 0; y < shape.ny(); y++) {
            line(alongX, data, 2 * (start + y * shape.nx()), forward);
        }
        lines(alongY, data, start, shape.ny(), shape.nx(), forward);
    }

    @Override
    public void columns(float[] data, int start, boolean forward) {
        lines(alongZ, data, start, shape.nz(), shape.frameSize(), forward);
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
}
