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

    /** Needs 4 bytes for each voxel of a box with {@value #REACH} more voxels an axis, for a moment. */
    static MeanProducts of(Shape3 shape, float[] values) {
        int peak = brightest(values);
        Shape3 box = new Shape3(boxed(shape.nz()), boxed(shape.ny()), boxed(shape.nx()));
        Shape3 pairs =
                new Shape3(padded((box.nz() + 1) / 2, REACH / 2), padded(box.ny(), REACH), padded(box.nx(), REACH));
        int corner = shape.index(
                corner(peak / shape.frameSize(), shape.nz()),
                corner(peak / shape.nx() % shape.ny(), shape.ny()),
                corner(peak % shape.nx(), shape.nx()));
        float[] data = new float[2 * pairs.size()];
        Slabs.parallel(pairs.nz(), pair -> {
            for (int z = 2 * pair; z < Math.min(2 * pair + 2, box.nz()); z++) {
                for (int y = 0; y < box.ny(); y++) {
                    int from = corner + shape.index(z, y, 0);
                    int to = 2 * pairs.index(pair, y, 0) + z % 2;
                    for (int x = 0; x < box.nx(); x++) {
                        data[to + 2 * x] = values[from + x];
                    }
                }
            }
        });
        FourierTransform transform = new FourierTransform(pairs);
        transform.forwardOfFirst((box.nz() + 1) / 2, data);
        PairedPlanes.toPower(data, pairs);
        transform.backwardToOuter(REACH / 2 + 1, data);
        MeanProducts found = new MeanProducts();
        found.take(data, pairs, 0.5 / pairs.size() / box.size());
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
    private void take(float[] data, Shape3 pairs, double factor) {
        Slabs.parallel(REACH + 1, z -> {
            for (int y = -REACH; y <= REACH; y++) {
                int there = row(pairs, z, y);
                int back = row(pairs, -z, -y);
                int to = products.length / 2 + z * stride(0) + y * stride(1);
                int opposite = products.length / 2 - z * stride(0) - y * stride(1);
                for (int x = -REACH; x <= REACH; x++) {
                    double value = data[there + 2 * Math.floorMod(x, pairs.nx())];
                    double mirrored = data[back + 2 * Math.floorMod(-x, pairs.nx())];
                    products[to + x] = (float) (factor / 2 * (value + mirrored));
                    products[opposite - x] = products[to + x];
                }
            }
        });
    }

    /** Where the row of steps with these z and y begins. */
    private static int row(Shape3 pairs, int z, int y) {
        int plane = Math.floorMod(z, 2 * pairs.nz());
        return 2 * pairs.index(plane / 2, Math.floorMod(y, pairs.ny()), 0) + plane % 2;
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

    private static int padded(int length, int reach) {
        return GoodSizes.atLeast(length + reach);
    }

    private static int corner(int peak, int length) {
        return Math.max(0, Math.min(peak - BOX / 2, length - BOX));
    }
}
