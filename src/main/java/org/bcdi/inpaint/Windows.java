package org.bcdi.inpaint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.bcdi.volume.Shape3;

/**
 * Chooses where to look at the gaps. Each window is centred on the gap voxels of a box of {@value #STRIDE}^3; boxes follow one
 * another until every gap voxel was in one. Along each axis a window is as long as what is gap in the box and a margin on both
 * sides need: more would cost time and, across a plane, help nothing. So planes are tiled by flat windows with the gap in their
 * middle, overlapping by a quarter, and any other shape is covered as well.
 */
final class Windows {
    /** The network halves its input three times. */
    static final int STEP = 8;

    static final int LONGEST = 32;
    private static final int SHORTEST = 16;
    private static final int MARGIN = 4;
    private static final int STRIDE = LONGEST - 2 * MARGIN;

    private final Gaps gaps;
    private final int[] shape;
    private final BitSet seen;

    private Windows(Gaps gaps) {
        this.gaps = gaps;
        this.shape =
                new int[] {gaps.shape().nz(), gaps.shape().ny(), gaps.shape().nx()};
        this.seen = new BitSet(gaps.count());
    }

    /** Windows of which each gap voxel lies in at least one. */
    static List<Window> over(Gaps gaps) {
        return new Windows(gaps).all();
    }

    private List<Window> all() {
        List<Window> windows = new ArrayList<>();
        for (int number = 0; number < gaps.count(); number = seen.nextClearBit(number)) {
            int[] box = place(gaps.voxel(number));
            int[] end = {box[0] + STRIDE, box[1] + STRIDE, box[2] + STRIDE};
            Content content = new Content();
            visit(box, end, (gap, place) -> {
                content.add(place);
                seen.set(gap);
            });
            int[] sides = new int[3];
            int[] corner = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                sides[axis] = content.side(axis);
                corner[axis] = inside(content.centre(axis) - sides[axis] / 2, sides[axis], shape[axis]);
                int beyond = corner[axis] + sides[axis];
                box[axis] = corner[axis] <= 0 ? 0 : corner[axis] + MARGIN;
                end[axis] = beyond >= shape[axis] ? shape[axis] : beyond - MARGIN;
            }
            windows.add(new Window(corner[0], corner[1], corner[2], new Shape3(sides[0], sides[1], sides[2])));
            visit(box, end, (gap, place) -> seen.set(gap));
        }
        return windows;
    }

    /** The gap voxels of a box. */
    private static final class Content {
        private final long[] sum = new long[3];
        private final int[] first = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        private final int[] end = new int[3];
        private int count;

        void add(int[] place) {
            for (int axis = 0; axis < 3; axis++) {
                sum[axis] += place[axis];
                first[axis] = Math.min(first[axis], place[axis]);
                end[axis] = Math.max(end[axis], place[axis] + 1);
            }
            count++;
        }

        int side(int axis) {
            int needed = end[axis] - first[axis] + 2 * MARGIN;
            return Math.max(SHORTEST, Math.min((needed + STEP - 1) / STEP * STEP, LONGEST));
        }

        /** Their mean place, moved as far as needed for a window around it to hold them all. */
        int centre(int axis) {
            int mean = (int) Math.round((double) sum[axis] / count);
            int half = side(axis) / 2;
            return Math.max(end[axis] - half, Math.min(mean, first[axis] + half));
        }
    }

    /** Shifts a window into the volume; in a volume thinner than the window, centres it. */
    private static int inside(int start, int side, int length) {
        return length < side ? -((side - length) / 2) : Math.max(0, Math.min(start, length - side));
    }

    private interface Visitor {
        /** @param place (z, y, x), reused from call to call */
        void visit(int gap, int[] place);
    }

    /** Calls the visitor for the gap voxels from {@code begin} up to {@code end}. */
    private void visit(int[] begin, int[] end, Visitor visitor) {
        Shape3 volume = gaps.shape();
        int[] place = new int[3];
        for (int z = begin[0]; z < Math.min(shape[0], end[0]); z++) {
            for (int y = begin[1]; y < Math.min(shape[1], end[1]); y++) {
                int row = volume.index(z, y, 0);
                int past = row + Math.min(shape[2], end[2]);
                int gap = gaps.firstFrom(row + begin[2]);
                for (; gap < gaps.count() && gaps.voxel(gap) < past; gap++) {
                    place[0] = z;
                    place[1] = y;
                    place[2] = gaps.voxel(gap) - row;
                    visitor.visit(gap, place);
                }
            }
        }
    }

    private int[] place(int voxel) {
        int frame = gaps.shape().frameSize();
        return new int[] {voxel / frame, voxel / shape[2] % shape[1], voxel % shape[2]};
    }
}
