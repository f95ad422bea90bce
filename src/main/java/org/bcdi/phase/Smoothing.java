package org.bcdi.phase;

import java.util.function.DoubleUnaryOperator;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/** Separable smoothing of real arrays. */
final class Smoothing {
    private Smoothing() {}

    /** Mean of each voxel and its two neighbours along an axis, beyond the border 0; a new array. */
    static float[] mean3(Shape3 shape, float[] data, int axis) {
        int stride = shape.stride(axis);
        int length = shape.length(axis);
        float[] mean = new float[data.length];
        for (int i = 0; i < data.length; i++) {
            int at = i / stride % length;
            float below = at > 0 ? data[i - stride] : 0;
            float above = at < length - 1 ? data[i + stride] : 0;
            mean[i] = (below + data[i] + above) / 3;
        }
        return mean;
    }

    /** Gaussian of {@code sigma} voxels, cut at three sigma, the array being periodic; in place. Sigma 0 changes nothing. */
    static void gaussian(Shape3 shape, float[] data, double sigma) {
        float[] kernel = profile((int) Math.ceil(3 * sigma), x -> bell(x, sigma));
        convolve(shape, data, kernel, kernel, kernel);
    }

    /** A Gaussian of height 1; of any width above 0, however small. */
    static double bell(double x, double sigma) {
        double widths = x / sigma;
        return Math.exp(-0.5 * widths * widths);
    }

    /** A kernel of 2 reach + 1 values of sum 1. */
    static float[] profile(int reach, DoubleUnaryOperator value) {
        double[] values = new double[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach && reach > 0; i++) {
            values[i + reach] = value.applyAsDouble(i);
            sum += values[i + reach];
        }
        float[] kernel = new float[values.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = reach == 0 ? 1 : (float) (values[i] / sum);
        }
        return kernel;
    }

    /** Convolution with one kernel along each axis, the array being periodic; in place. A kernel of one value leaves its axis. */
    static void convolve(Shape3 shape, float[] data, float[] alongZ, float[] alongY, float[] alongX) {
        Slabs.parallel(shape.nz(), z -> {
            for (int y = 0; y < shape.ny() && alongX.length > 1; y++) {
                line(data, shape.index(z, y, 0), 1, shape.nx(), alongX);
            }
            for (int x = 0; x < shape.nx() && alongY.length > 1; x++) {
                line(data, shape.index(z, 0, x), shape.nx(), shape.ny(), alongY);
            }
        });
        if (alongZ.length > 1) {
            Slabs.parallel(shape.ny(), y -> {
                for (int x = 0; x < shape.nx(); x++) {
                    line(data, shape.index(0, y, x), shape.frameSize(), shape.nz(), alongZ);
                }
            });
        }
    }

    private static void line(float[] data, int start, int stride, int length, float[] kernel) {
        int reach = kernel.length / 2;
        float[] padded = new float[length + 2 * reach];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = data[start + Math.floorMod(i - reach, length) * stride];
        }
        for (int i = 0; i < length; i++) {
            float sum = 0;
            for (int k = 0; k < kernel.length; k++) {
                sum += kernel[k] * padded[i + k];
            }
            data[start + i * stride] = sum;
        }
    }
}
