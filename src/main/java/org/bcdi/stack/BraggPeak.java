package org.bcdi.stack;

import java.util.Arrays;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * Where the Bragg peak is: the voxel whose 3x3x3 neighbourhood holds the most counts, so that no single hot voxel is
 * taken for it.
 */
public record BraggPeak(int z, int y, int x) {

    /** The peak of a volume; masked voxels count nothing. The middle where nothing was counted. */
    public static BraggPeak find(Volume counts, Mask mask) {
        Shape3 shape = counts.shape();
        float[] plane = new float[shape.frameSize()];
        double most = -1;
        BraggPeak peak = new BraggPeak(shape.nz() / 2, shape.ny() / 2, shape.nx() / 2);
        for (int z = 0; z < shape.nz(); z++) {
            sumOfThreeFrames(counts, mask, z, plane);
            for (int y = 0; y < shape.ny(); y++) {
                for (int x = 0; x < shape.nx(); x++) {
                    if (plane[y * shape.nx() + x] > 0) {
                        double sum = sumAround(plane, shape, y, x);
                        if (sum > most) {
                            most = sum;
                            peak = new BraggPeak(z, y, x);
                        }
                    }
                }
            }
        }
        return peak;
    }

    /** A square around the peak, shifted and where necessary cut so that it lies in the frame. */
    public Roi box(int size, int height, int width) {
        int rows = Math.min(size, height);
        int columns = Math.min(size, width);
        int y0 = Math.min(Math.max(y - rows / 2, 0), height - rows);
        int x0 = Math.min(Math.max(x - columns / 2, 0), width - columns);
        return new Roi(y0, y0 + rows, x0, x0 + columns);
    }

    private static void sumOfThreeFrames(Volume counts, Mask mask, int z, float[] plane) {
        Arrays.fill(plane, 0);
        Shape3 shape = counts.shape();
        for (int near = Math.max(z - 1, 0); near <= Math.min(z + 1, shape.nz() - 1); near++) {
            int frame = shape.index(near, 0, 0);
            for (int pixel = 0; pixel < plane.length; pixel++) {
                if (!mask.masked(frame + pixel)) {
                    plane[pixel] += counts.data()[frame + pixel];
                }
            }
        }
    }

    private static double sumAround(float[] plane, Shape3 shape, int row, int column) {
        double sum = 0;
        for (int y = Math.max(row - 1, 0); y <= Math.min(row + 1, shape.ny() - 1); y++) {
            for (int x = Math.max(column - 1, 0); x <= Math.min(column + 1, shape.nx() - 1); x++) {
                sum += plane[y * shape.nx() + x];
            }
        }
        return sum;
    }
}
