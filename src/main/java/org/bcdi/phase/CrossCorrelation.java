package org.bcdi.phase;

import org.bcdi.fourier.FourierTransform;
import org.bcdi.fourier.Shift;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * Where two objects lie best on each other: the highest modulus of sum over x of a(x + s) conj(b(x)) over shifts s. Whole
 * shifts come from a transform; about the best of them the sum is evaluated at parts of a voxel (Guizar-Sicairos, Thurman and
 * Fienup 2008).
 */
final class CrossCorrelation {
    /** Each finer step looks one step to either side along each axis. */
    private static final double[] STEPS = {0.5, 0.25, 0.125};

    private static final int TRIED = 3;

    private final Shape3 shape;
    /** Transform of the correlation, unscaled, origin at index 0. */
    private final float[] spectrum;

    private CrossCorrelation(Shape3 shape, float[] spectrum) {
        this.shape = shape;
        this.spectrum = spectrum;
    }

    /**
     * The highest point of a correlation.
     *
     * @param height its modulus, not scaled
     * @param dz voxels to move the second object along z, likewise dy and dx, in eighths
     * @param angle radians to add to the second object's phase
     */
    record Peak(double height, double dz, double dy, double dx, double angle) {}

    /** By how much to move {@code moving} so that it lies on {@code reference}; both of one shape. */
    static Peak highest(ComplexVolume reference, ComplexVolume moving) {
        FourierTransform transform = new FourierTransform(reference.shape());
        float[] product = reference.data().clone();
        float[] other = moving.data().clone();
        transform.forward(product);
        transform.forward(other);
        for (int i = 0; i < product.length; i += 2) {
            float re = product[i] * other[i] + product[i + 1] * other[i + 1];
            product[i + 1] = product[i + 1] * other[i] - product[i] * other[i + 1];
            product[i] = re;
        }
        CrossCorrelation correlation = new CrossCorrelation(reference.shape(), product);
        Peak peak = correlation.whole(transform);
        for (double step : STEPS) {
            peak = correlation.refined(peak, step);
        }
        return peak;
    }

    private Peak whole(FourierTransform transform) {
        float[] heights = spectrum.clone();
        transform.backward(heights);
        int peak = 0;
        double height = -1;
        for (int i = 0; i < shape.size(); i++) {
            double value = Math.hypot(heights[2 * i], heights[2 * i + 1]);
            if (value > height) {
                height = value;
                peak = i;
            }
        }
        return new Peak(
                height,
                signed(peak / shape.frameSize(), shape.nz()),
                signed(peak / shape.nx() % shape.ny(), shape.ny()),
                signed(peak % shape.nx(), shape.nx()),
                Math.atan2(heights[2 * peak + 1], heights[2 * peak]));
    }

    private static int signed(int shift, int length) {
        return shift > length / 2 ? shift - length : shift;
    }

    /** The highest of 27 points, a step apart, around a peak. */
    private Peak refined(Peak peak, double step) {
        double[][][] z = kernels(shape.nz(), peak.dz, step);
        double[][][] y = kernels(shape.ny(), peak.dy, step);
        double[][][] x = kernels(shape.nx(), peak.dx, step);
        double[][] slabs = new double[shape.nz()][];
        Slabs.parallel(shape.nz(), k -> slabs[k] = slab(k, y, x));
        double[] sums = new double[2 * TRIED * TRIED * TRIED];
        for (int k = 0; k < shape.nz(); k++) {
            for (int a = 0; a < TRIED; a++) {
                for (int bc = 0; bc < TRIED * TRIED; bc++) {
                    add(sums, a * TRIED * TRIED + bc, slabs[k][2 * bc], slabs[k][2 * bc + 1], z[a][k]);
                }
            }
        }
        Peak best = point(peak, step, sums, sums.length / 4);
        for (int i = 0; i < sums.length / 2; i++) {
            Peak tried = point(peak, step, sums, i);
            // points are equal but for rounding along an axis of one voxel
            best = tried.height > best.height * (1 + 1e-9) ? tried : best;
        }
        return best;
    }

    private static Peak point(Peak about, double step, double[] sums, int i) {
        return new Peak(
                Math.hypot(sums[2 * i], sums[2 * i + 1]),
                about.dz + step * (i / (TRIED * TRIED) - 1),
                about.dy + step * (i / TRIED % TRIED - 1),
                about.dx + step * (i % TRIED - 1),
                Math.atan2(sums[2 * i + 1], sums[2 * i]));
    }

    /** Sums over one slab of the spectrum for three shifts along y times three along x. */
    private double[] slab(int k, double[][][] y, double[][][] x) {
        double[] sums = new double[2 * TRIED * TRIED];
        for (int j = 0; j < shape.ny(); j++) {
            double[] line = new double[2 * TRIED];
            int first = 2 * shape.index(k, j, 0);
            for (int i = 0; i < shape.nx(); i++) {
                for (int c = 0; c < TRIED; c++) {
                    add(line, c, spectrum[first + 2 * i], spectrum[first + 2 * i + 1], x[c][i]);
                }
            }
            for (int b = 0; b < TRIED; b++) {
                for (int c = 0; c < TRIED; c++) {
                    add(sums, b * TRIED + c, line[2 * c], line[2 * c + 1], y[b][j]);
                }
            }
        }
        return sums;
    }

    /** exp(2 pi i k s / N) for s one step before, at and one after {@code shift}. */
    private static double[][][] kernels(int length, double shift, double step) {
        double[][][] kernels = new double[TRIED][][];
        for (int t = 0; t < TRIED; t++) {
            kernels[t] = Shift.ramp(length, -(shift + step * (t - 1)));
        }
        return kernels;
    }

    /** Adds a complex number times a factor to one of the sums. */
    private static void add(double[] sums, int at, double re, double im, double[] factor) {
        sums[2 * at] += re * factor[0] - im * factor[1];
        sums[2 * at + 1] += re * factor[1] + im * factor[0];
    }
}
