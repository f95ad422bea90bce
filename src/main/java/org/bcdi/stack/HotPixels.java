package org.bcdi.stack;

import java.util.Arrays;
import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * Finds pixels that count by themselves: far above the median of their neighbours in nearly every frame. Diffraction does
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
        for (int pixel = 0; pixel < hot.length; pixel++) {
            boolean candidate = measured[pixel] >= FEWEST_FRAMES && often(bright[pixel], measured[pixel]);
            hot[pixel] = (byte) (candidate && often(outshining(counts, mask, pixel), measured[pixel]) ? 1 : 0);
        }
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

    private static boolean often(int frames, int of) {
        return frames >= SHARE_OF_FRAMES * of;
    }

    /** In how many frames a pixel is far above its neighbours. */
    private static int outshining(Volume counts, Mask mask, int pixel) {
        int frames = 0;
        for (int z = 0; z < counts.shape().nz(); z++) {
            int voxel = z * counts.shape().frameSize() + pixel;
            float value = counts.data()[voxel];
            if (!mask.masked(voxel)
                    && value > Math.max(FEWEST_COUNTS, TIMES_NEIGHBOURS * neighbours(counts, mask, z, pixel))) {
                frames++;
            }
        }
        return frames;
    }

    /** Median of the measured neighbours in the frame; infinite when there is none to compare with. */
    private static float neighbours(Volume counts, Mask mask, int z, int pixel) {
        Shape3 shape = counts.shape();
        int row = pixel / shape.nx();
        int column = pixel % shape.nx();
        float[] around = new float[8];
        int found = 0;
        for (int y = Math.max(row - 1, 0); y <= Math.min(row + 1, shape.ny() - 1); y++) {
            for (int x = Math.max(column - 1, 0); x <= Math.min(column + 1, shape.nx() - 1); x++) {
                int voxel = shape.index(z, y, x);
                if ((y != row || x != column) && !mask.masked(voxel)) {
                    around[found++] = counts.data()[voxel];
                }
            }
        }
        Arrays.sort(around, 0, found);
        return found == 0 ? Float.POSITIVE_INFINITY : around[found / 2];
    }
}
