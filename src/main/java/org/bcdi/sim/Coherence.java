package org.bcdi.sim;

import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;
import org.bcdi.volume.Volume;

/** Limited coherence of the beam: the intensity blurred by a Gaussian, its sum kept (Clark et al. 2012, doi 10.1038/ncomms1994). */
final class Coherence {
    private Coherence() {}

    /** @param sigma standard deviation of the Gaussian in voxels, above 0 */
    static Volume blur(Volume intensity, double sigma) {
        float[] data = intensity.data();
        for (int axis = 0; axis < 3; axis++) {
            data = along(intensity.shape(), data, axis, kernel(sigma));
        }
        return new Volume(intensity.shape(), data);
    }

    private static double[] kernel(double sigma) {
        int reach = (int) Math.ceil(4 * sigma);
        double[] kernel = new double[2 * reach + 1];
        double sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = Math.exp(-(i - reach) * (i - reach) / (2 * sigma * sigma));
            sum += kernel[i];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        return kernel;
    }

    /** Convolution along one axis; what would leave the array is reflected at its edge, so that no photon is lost. */
    private static float[] along(Shape3 shape, float[] data, int axis, double[] kernel) {
        int length = shape.length(axis);
        int stride = shape.stride(axis);
        int reach = kernel.length / 2;
        float[] blurred = new float[data.length];
        Slabs.parallel(shape.nz(), z -> {
            for (int i = z * shape.frameSize(); i < (z + 1) * shape.frameSize(); i++) {
                int place = i / stride % length;
                double sum = 0;
                for (int k = -reach; k <= reach; k++) {
                    sum += kernel[k + reach] * data[i + (reflected(place + k, length) - place) * stride];
                }
                blurred[i] = (float) sum;
            }
        });
        return blurred;
    }

    private static int reflected(int place, int length) {
        int inPeriod = Math.floorMod(place, 2 * length);
        return inPeriod < length ? inPeriod : 2 * length - 1 - inPeriod;
    }
}
