package org.bcdi.inpaint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.bcdi.volume.Shape3;

/**
 * Chooses where to look at the gaps. Each window is centred on the gap voxels of a box; boxes follow one another until every gap
 * voxel was in one. Along the axes along which the gap lies a box is as long as a window allows; across, it is as thick as the gap, or
 * {@value #THICK} voxels where then more of the window is gap. Along each axis a window is as long as what is gap in the box and a margin
 * on both sides need: more would cost time and, across a plane, help nothing. So planes are seen flat, with the gap in the middle, pixels
 * that lie together share a window, and any other shape is covered as well.
 */
final class Windows {
    /** The network halves its input three times. */
    static final int STEP = 8;

    private static final int SHORTEST = 16;

    /** Where the corrections are wanted: few large windows cost less. */
    private static final int LONGEST = 128;

    /** Where they are tried, windows are chosen among many. */
    private static final int LONGEST_OF_TRIAL = 32;

    private static final int MARGIN = 4;
    private static final int THICK = 24;

    /** The side of windows in a block of gap with no way across. */
    private static final int PIECE = 32;

    private final Gaps gaps;
    private final GapRuns runs;
    private final int[] shape;
    private final int longest;
    private final BitSet seen;

    private Windows(Gaps gaps, int longest) {
        this.gaps = gaps;
        this.runs = new GapRuns(gaps);
        this.shape =
                new int[] {gaps.shape().nz(), gaps.shape().ny(), gaps.shape().nx()};
        this.longest = longest;
        this.seen = new BitSet(gaps.count());
    }

    /** Windows of which each gap voxel lies in at least one. */
    static List<Window> over(Gaps gaps) {
        return new Windows(gaps, LONGEST).all();
    }

    /** Smaller ones, to choose from. */
    static List<Window> smallOver(Gaps gaps) {
        return new Windows(gaps, LONGEST_OF_TRIAL).all();
    }

    private List<Window> all() {
        List<Window> windows = new ArrayList<>();
        for (int number = 0; number < gaps.count(); number = seen.nextClearBit(number)) {
            Box box = box(gaps.voxel(number));
            Window window = box.window();
            windows.add(window);
            see(box.first, box.end);
            int[] corner = {window.z(), window.y(), window.x()};
            int[] begin = new int[3];
            int[] end = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                int beyond = corner[axis] + window.sides().length(axis);
                begin[axis] = corner[axis] <= 0 ? 0 : corner[axis] + MARGIN;
                end[axis] = beyond >= shape[axis] ? shape[axis] : beyond - MARGIN;
            }
            see(begin, end);
        }
        return windows;
    }

    private void see(int[] begin, int[] end) {
        runs.visit(begin, end, (gap, z, y, x, count) -> seen.set(gap, gap + count));
    }

    /** The better of the two boxes from a gap voxel on. */
    private Box box(int voxel) {
        int[] lengths = new int[3];
        int[] first = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int stride = gaps.shape().stride(axis);
            int place = voxel / stride % shape[axis];
            int begin = place;
            while (begin > 0 && gaps.masked(voxel + (begin - 1 - place) * stride)) {
                begin--;
            }
            int end = place + 1;
            while (end < shape[axis] && gaps.masked(voxel + (end - place) * stride)) {
                end++;
            }
            lengths[axis] = end - begin;
            first[axis] = lengths[axis] <= THICK ? begin : place;
        }
        int length = (Arrays.stream(lengths).min().orElseThrow() <= THICK ? longest : PIECE) - 2 * MARGIN;
        int[] thin = new int[3];
        int[] thick = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            // At the border of the volume there is no margin
            int along = first[axis] + length + (first[axis] == 0 ? MARGIN : 0);
            thin[axis] = lengths[axis] <= THICK ? first[axis] + lengths[axis] : along;
            thick[axis] = lengths[axis] <= THICK ? first[axis] + THICK : along;
        }
        Box one = new Box(first, thin);
        Box other = new Box(first, thick);
        return other.density() > one.density() ? other : one;
    }

    /** The gap voxels from a place up to another. */
    private final class Box {
        private final int[] first;
        private final int[] end;
        private final long[] sum = new long[3];
        private final int[] lowest = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        private final int[] past = new int[3];
        private int count;

        Box(int[] first, int[] end) {
            this.first = first;
            this.end = end;
            runs.visit(first, end, (gap, z, y, x, run) -> {
                add(0, z, z, run);
                add(1, y, y, run);
                add(2, x, x + run - 1, run);
                count += run;
            });
        }

        private void add(int axis, int from, int to, int run) {
            sum[axis] += (long) (from + to) * run / 2;
            lowest[axis] = Math.min(lowest[axis], from);
            past[axis] = Math.max(past[axis], to + 1);
        }

        /** Which part of its window is gap in the box. */
        double density() {
            return (double) count / ((double) side(0) * side(1) * side(2));
        }

        Window window() {
            return new Window(corner(0), corner(1), corner(2), new Shape3(side(0), side(1), side(2)));
        }

        private int side(int axis) {
            int needed = Math.min(past[axis] + MARGIN, shape[axis]) - Math.max(lowest[axis] - MARGIN, 0);
            return Math.max(SHORTEST, Math.min((needed + STEP - 1) / STEP * STEP, longest));
        }

        private int corner(int axis) {
            int side = side(axis);
            return inside(centre(axis) - side / 2, side, shape[axis]);
        }

        /** Their mean place, moved as far as needed for a window around it to hold them all. */
        private int centre(int axis) {
            int mean = (int) Math.round((double) sum[axis] / count);
            int half = side(axis) / 2;
            return Math.max(past[axis] - half, Math.min(mean, lowest[axis] + half));
        }
    }

    /** Shifts a window into the volume; in a volume thinner than the window, centres it. */
    private static int inside(int start, int side, int length) {
        return length < side ? -((side - length) / 2) : Math.max(0, Math.min(start, length - side));
    }
}
