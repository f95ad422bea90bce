package org.bcdi.inpaint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.bcdi.volume.Shape3;

/**
 * Chooses where to look at the gaps through windows of {@value #SIDE}^3 voxels. Each window is centred on the gap voxels of
 * a box of {@value #STRIDE}^3; boxes follow one another until every gap voxel was in one. So planes are tiled by windows
 * with the gap in their middle, overlapping by a quarter, and any other shape is covered as well.
 */
final class Windows {
    static final int SIDE = 32;
    private static final int STRIDE = 24;

    private Windows() {}

    /** First voxel of a window; it may lie outside of the volume, as may the window's far end. */
    record Corner(int z, int y, int x) {}

    /** Windows of which each gap voxel lies in at least one. */
    static List<Corner> over(Gaps gaps) {
        List<Corner> corners = new ArrayList<>();
        BitSet seen = new BitSet(gaps.count());
        for (int number = 0; number < gaps.count(); number = seen.nextClearBit(number)) {
            int[] box = place(gaps.shape(), gaps.voxel(number));
            int[] centre = centre(gaps, box, seen);
            int[] corner = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                corner[axis] = inside(centre[axis] - SIDE / 2, gaps.shape().length(axis));
            }
            corners.add(new Corner(corner[0], corner[1], corner[2]));
            for (int axis = 0; axis < 3; axis++) {
                box[axis] = centre[axis] - STRIDE / 2;
            }
            visit(gaps, box, (gap, place) -> seen.set(gap));
        }
        return corners;
    }

    /**
     * Mean place of the gap voxels in a box, which it marks as seen; moved as far as needed for a window around it to hold
     * them all.
     */
    private static int[] centre(Gaps gaps, int[] box, BitSet seen) {
        long[] sum = new long[4];
        int[] least = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        int[] most = new int[3];
        visit(gaps, box, (gap, place) -> {
            for (int axis = 0; axis < 3; axis++) {
                sum[axis] += place[axis];
                least[axis] = Math.min(least[axis], place[axis]);
                most[axis] = Math.max(most[axis], place[axis]);
            }
            sum[3]++;
            seen.set(gap);
        });
        int[] centre = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int mean = (int) Math.round((double) sum[axis] / sum[3]);
            centre[axis] = Math.max(most[axis] + 1 - SIDE / 2, Math.min(mean, least[axis] + SIDE / 2));
        }
        return centre;
    }

    /** Shifts a window into the volume; in a volume thinner than the window, centres it. */
    private static int inside(int start, int length) {
        return length < SIDE ? (length - SIDE) / 2 : Math.max(0, Math.min(start, length - SIDE));
    }

    private interface Visitor {
        /** @param place (z, y, x), reused from call to call */
        void visit(int gap, int[] place);
    }

    /** Calls the visitor for the gap voxels of the box of STRIDE^3 voxels at {@code box}. */
    private static void visit(Gaps gaps, int[] box, Visitor visitor) {
        Shape3 shape = gaps.shape();
        int[] place = new int[3];
        int firstX = Math.max(0, box[2]);
        int endX = Math.min(shape.nx(), box[2] + STRIDE);
        for (int z = Math.max(0, box[0]); z < Math.min(shape.nz(), box[0] + STRIDE); z++) {
            for (int y = Math.max(0, box[1]); y < Math.min(shape.ny(), box[1] + STRIDE); y++) {
                int end = shape.index(z, y, 0) + endX;
                int gap = gaps.firstFrom(shape.index(z, y, firstX));
                for (; gap < gaps.count() && gaps.voxel(gap) < end; gap++) {
                    place[0] = z;
                    place[1] = y;
                    place[2] = gaps.voxel(gap) - shape.index(z, y, 0);
                    visitor.visit(gap, place);
                }
            }
        }
    }

    private static int[] place(Shape3 shape, int voxel) {
        return new int[] {voxel / shape.frameSize(), voxel / shape.nx() % shape.ny(), voxel % shape.nx()};
    }
}
