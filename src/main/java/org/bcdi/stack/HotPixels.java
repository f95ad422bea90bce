package org.bcdi.stack;

import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;
import org.bcdi.volume.Volume;

/**
 * Finds pixels that count by themselves: far above most of their neighbours in nearly every frame. Diffraction does
 * not do that, because a rocking scan moves every fringe across its pixel.
 */
public final class HotPixels {
    private static final int FEWEST_FRAMES = 8;
    private static final float FEWEST_COUNTS = 5;
    private static final float TIMES_NEIGHBOURS = 10;
    private static final double SHARE_OF_FRAMES = 0.9;
    private static final int MOST_DESCRIBED = 10;

    private HotPixels() {}

    /**
     * Hot pixels of a scan; none are named in scans of fewer than 8 frames.
     *
     * @param counts photons, shape (steps, rows, columns)
     * @param mask voxels that are not looked at
     */
    public static FrameMask find(Volume counts, Mask mask) {
        Shape3 shape = counts.shape();
        int[] measured = new int[shape.frameSize()];
        int[] bright = new int[shape.frameSize()];
        for (int z = 0; z < shape.nz(); z++) {
            int frame = shape.index(z, 0, 0);
            for (int pixel = 0; pixel < shape.frameSize(); pixel++) {
                if (!mask.masked(frame + pixel)) {
                    measured[pixel]++;
                    bright[pixel] += counts.data()[frame + pixel] >= FEWEST_COUNTS ? 1 : 0;
                }
            }
        }
        byte[] hot = new byte[shape.frameSize()];
        Slabs.parallel(shape.ny(), row -> {
            for (int pixel = row * shape.nx(); pixel < (row + 1) * shape.nx(); pixel++) {
                boolean often = bright[pixel] >= SHARE_OF_FRAMES * measured[pixel];
                if (often && measured[pixel] >= FEWEST_FRAMES && outshines(counts, mask, pixel, measured[pixel])) {
                    hot[pixel] = 1;
                }
            }
        });
        return new FrameMask(shape.ny(), shape.nx(), hot);
    }

    /** Row and column of the first few, in the coordinates of the whole frame. */
    static String describe(FrameMask hot, Roi part) {
        StringBuilder text = new StringBuilder();
        int described = 0;
        for (int pixel = 0; pixel < hot.data().length && described < MOST_DESCRIBED; pixel++) {
            if (hot.data()[pixel] != 0) {
                int row = part.y0() + pixel / hot.width();
                int column = part.x0() + pixel % hot.width();
                text.append(described == 0 ? "" : ", ").append("(" + row + ", " + column + ")");
                described++;
            }
        }
        return text + (hot.count() > described ? ", ..." : "");
    }

    /** Whether a pixel is far above its neighbours in nearly all of the frames in which it is measured. */
    private static boolean outshines(Volume counts, Mask mask, int pixel, int measured) {
        int mayFail = measured - (int) Math.ceil(SHARE_OF_FRAMES * measured);
        for (int z = 0; z < counts.shape().nz() && mayFail >= 0; z++) {
            if (!mask.masked(z * counts.shape().frameSize() + pixel) && !outshinesInFrame(counts, mask, z, pixel)) {
                mayFail--;
            }
        }
        return mayFail >= 0;
    }

    /** Whether a pixel is far above more than half of its measured neighbours in one frame. */
    private static boolean outshinesInFrame(Volume counts, Mask mask, int z, int pixel) {
        Shape3 shape = counts.shape();
        int row = pixel / shape.nx();
        int column = pixel % shape.nx();
        float value = counts.at(z, row, column);
        int neighbours = 0;
        int faint = 0;
        for (int y = Math.max(row - 1, 0); y <= Math.min(row + 1, shape.ny() - 1); y++) {
            for (int x = Math.max(column - 1, 0); x <= Math.min(column + 1, shape.nx() - 1); x++) {
                int voxel = shape.index(z, y, x);
                if ((y != row || x != column) && !mask.masked(voxel)) {
                    neighbours++;
                    faint += TIMES_NEIGHBOURS * counts.data()[voxel] < value ? 1 : 0;
                }
            }
        }
        return value > FEWEST_COUNTS && faint > neighbours / 2;
    }
}
