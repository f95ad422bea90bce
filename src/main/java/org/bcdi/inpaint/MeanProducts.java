package org.bcdi.inpaint;

import org.bcdi.fourier.FourierTransform;
import org.bcdi.fourier.GoodSizes;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * Mean product of two voxels of a volume by the step from one to the other: its autocorrelation, by Fourier transform, in a box
 * of at most {@value #BOX} voxels an axis around the brightest voxel. Beyond the box voxels count as 0, which keeps every matrix
 * of mean products from having negative eigenvalues.
 */
final class MeanProducts {
    private static final int BOX = 128;

    /** The longest step that the neighbourhood of a gap asks for. */
    private static final int REACH = 2 * Strip.DEPTH + Strip.WIDEST;

    private static final int EXTENT = 2 * REACH + 1;

    /** By the step, axes z, y, x, step 0 in the middle. */
    private final float[] products = new float[EXTENT * EXTENT * EXTENT];

    private MeanProducts() {}

    /** Needs 8 bytes for each voxel of a box with {@value #REACH} more voxels an axis, for a moment. */
    static MeanProducts of(Shape3 shape, float[] values) {
        int peak = brightest(values);
        Shape3 box = new Shape3(boxed(shape.nz()), boxed(shape.ny()), boxed(shape.nx()));
        Shape3 padded = new Shape3(padded(box.nz()), padded(box.ny()), padded(box.nx()));
        int corner = shape.index(
                corner(peak / shape.frameSize(), shape.nz()),
                corner(peak / shape.nx() % shape.ny(), shape.ny()),
                corner(peak % shape.nx(), shape.nx()));
        float[] data = new float[2 * padded.size()];
        Slabs.parallel(box.nz(), z -> {
            for (int y = 0; y < box.ny(); y++) {
                int from = corner + shape.index(z, y, 0);
                int to = 2 * padded.index(z, y, 0);
                for (int x = 0; x < box.nx(); x++) {
                    data[to + 2 * x] = values[from + x];
                }
            }
        });
        FourierTransform transform = new FourierTransform(padded);
        transform.forward(data);
        Slabs.parallel(padded.nz(), z -> {
            int end = 2 * (z + 1) * padded.frameSize();
            for (int i = 2 * z * padded.frameSize(); i < end; i += 2) {
                data[i] = data[i] * data[i] + data[i + 1] * data[i + 1];
                data[i + 1] = 0;
            }
        });
        transform.backward(data);
        MeanProducts found = new MeanProducts();
        found.take(data, padded, 1.0 / padded.size() / box.size());
        return found;
    }

    /** Distance in this volume of steps between neighbours along an axis. */
    static int stride(int axis) {
        return axis == 0 ? EXTENT * EXTENT : axis == 1 ? EXTENT : 1;
    }

    /** @param step sum of {@link #stride} times the step along each axis */
    double at(int step) {
        return products[products.length / 2 + step];
    }

    /** Takes the mean of a step and its opposite, which differ by rounding alone. */
    private void take(float[] data, Shape3 padded, double factor) {
        for (int z = -REACH, i = 0; z <= REACH; z++) {
            for (int y = -REACH; y <= REACH; y++) {
                for (int x = -REACH; x <= REACH; x++, i++) {
                    float there = data[2 * place(padded, z, y, x)];
                    float back = data[2 * place(padded, -z, -y, -x)];
                    products[i] = (float) (factor / 2 * ((double) there + back));
                }
            }
        }
    }

    private static int place(Shape3 padded, int z, int y, int x) {
        return padded.index(
                Math.floorMod(z, padded.nz()), Math.floorMod(y, padded.ny()), Math.floorMod(x, padded.nx()));
    }

    private static int brightest(float[] values) {
        int peak = 0;
        for (int i = 1; i < values.length; i++) {
            peak = values[i] > values[peak] ? i : peak;
        }
        return peak;
    }

    private static int boxed(int length) {
        return Math.min(length, BOX);
    }

    private static int padded(int length) {
        return GoodSizes.atLeast(length + REACH);
    }

    private static int corner(int peak, int length) {
        return Math.max(0, Math.min(peak - BOX / 2, length - BOX));
    }
}
