package org.bcdi.inpaint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * A kind of gap: {@code width} voxels across along {@code axis}, with measured voxels on both sides.
 *
 * @param axis across the gap: 0 = z, 1 = y, 2 = x
 * @param width in voxels
 */
record Strip(int axis, int width) {
    /** Measured voxels wanted on either side. */
    static final int DEPTH = 5;

    /** Half the extent of the neighbourhood along the gap. */
    static final int SIDE = 4;

    /** Voxels of the neighbourhood: both sides, 9x9 voxels wide. */
    static final int NEIGHBOURS = 2 * DEPTH * (2 * SIDE + 1) * (2 * SIDE + 1);

    /** The widest gap whose sides tell of its inside. */
    static final int WIDEST = 24;

    /** The widest gap that a cubic bridges fully. */
    private static final double TRUSTED = 6;

    /** Lines that cross a kind of gap, by the first voxel of the gap on each. */
    record Crossings(Strip strip, List<Integer> voxels) {}

    /** All crossings, the widest gaps first. */
    static List<Crossings> find(Gaps gaps) {
        List<Map<Strip, List<Integer>>> found = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
        Slabs.parallel(found.size(), axis -> find(gaps, axis, found.get(axis)));
        return found.stream()
                .flatMap(ofAxis -> ofAxis.entrySet().stream())
                .map(kind -> new Crossings(kind.getKey(), kind.getValue()))
                .sorted(Comparator.comparing(
                                (Crossings crossings) -> -crossings.strip().width())
                        .thenComparing(crossings -> crossings.strip().axis()))
                .toList();
    }

    private static void find(Gaps gaps, int axis, Map<Strip, List<Integer>> found) {
        int stride = gaps.shape().stride(axis);
        int length = gaps.shape().length(axis);
        for (int gap = 0; gap < gaps.count(); gap++) {
            int voxel = gaps.voxel(gap);
            int place = voxel / stride % length;
            if (place < DEPTH || gaps.masked(voxel - stride)) {
                continue;
            }
            int width = 0;
            while (place + width < length && width <= WIDEST && gaps.masked(voxel + width * stride)) {
                width++;
            }
            Strip strip = new Strip(axis, width);
            if (width <= WIDEST && strip.hasSides(gaps, voxel, place, length)) {
                found.computeIfAbsent(strip, kind -> new ArrayList<>()).add(voxel);
            }
        }
    }

    /** Whether the gap of this width that begins at a voxel, not nearer to the border, has both sides measured deep enough. */
    private boolean hasSides(Gaps gaps, int voxel, int place, int length) {
        int stride = gaps.shape().stride(axis);
        if (place + width + DEPTH > length) {
            return false;
        }
        for (int step = 1; step <= DEPTH; step++) {
            if (gaps.masked(voxel - step * stride) || gaps.masked(voxel + (width + step - 1) * stride)) {
                return false;
            }
        }
        return true;
    }

    /** Where the neighbours of a gap's first voxel lie from it in a flat array, in the order of {@link #collect}. */
    int[] neighbourhood(IntUnaryOperator stride) {
        int[] offsets = new int[NEIGHBOURS];
        int next = 0;
        for (int row = -SIDE; row <= SIDE; row++) {
            for (int column = -SIDE; column <= SIDE; column++) {
                int beside = row * stride.applyAsInt(rowAxis()) + column * stride.applyAsInt(columnAxis());
                for (int step = 1; step <= DEPTH; step++) {
                    offsets[next++] = beside - step * stride.applyAsInt(axis);
                    offsets[next++] = beside + (width + step - 1) * stride.applyAsInt(axis);
                }
            }
        }
        return offsets;
    }

    /** The neighbour on the opposite side of the middle of the gap; those of even numbers lie before it, the others behind. */
    static int mirrored(int neighbour) {
        int ofLine = neighbour % (2 * DEPTH);
        return NEIGHBOURS - 2 * DEPTH - (neighbour - ofLine) + (ofLine ^ 1);
    }

    /**
     * Collects the neighbourhoods of some crossings. Along the gap they repeat their edge values beyond the volume's border.
     *
     * @param firsts first voxels of the gap; across the gap the neighbourhoods are inside of the volume
     * @param neighbours takes {@value #NEIGHBOURS} rows of a value for each crossing
     */
    void collect(Shape3 shape, float[] log, int[] firsts, float[] neighbours) {
        int stride = shape.stride(axis);
        int[][] rows = shifts(shape, firsts, rowAxis());
        int[][] columns = shifts(shape, firsts, columnAxis());
        int[] at = new int[firsts.length];
        int next = 0;
        for (int[] row : rows) {
            for (int[] column : columns) {
                for (int i = 0; i < at.length; i++) {
                    at[i] = firsts[i] + row[i] + column[i];
                }
                for (int step = 1; step <= DEPTH; step++) {
                    gather(log, at, -step * stride, neighbours, next++ * at.length);
                    gather(log, at, (width + step - 1) * stride, neighbours, next++ * at.length);
                }
            }
        }
    }

    private static void gather(float[] from, int[] places, int offset, float[] to, int first) {
        for (int i = 0; i < places.length; i++) {
            to[first + i] = from[places[i] + offset];
        }
    }

    /** The straight line across a gap, by the step into it. */
    void line(Shape3 shape, float[] log, int first, double[] inside) {
        float low = log[first - shape.stride(axis)];
        float high = log[first + width * shape.stride(axis)];
        for (int step = 0; step < width; step++) {
            inside[step] = low + (high - low) * (step + 1) / (width + 1);
        }
    }

    /** How far a cubic across the gap is to be trusted: 1 in gaps of up to 6 voxels, 6 / width in wider ones. */
    double trust() {
        return Math.min(1, TRUSTED / width);
    }

    /**
     * The cubic through the two nearest voxels on either side, kept from leaving their range by more than the range itself, in gaps
     * wider than 6 by more than 6 / width of it.
     */
    double curve(Shape3 shape, float[] log, int first, int step) {
        int[] places = {-2, -1, width, width + 1};
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        double sum = 0;
        for (int place : places) {
            double value = log[first + place * shape.stride(axis)];
            low = Math.min(low, value);
            high = Math.max(high, value);
            for (int other : places) {
                value *= other == place ? 1 : (double) (step - other) / (place - other);
            }
            sum += value;
        }
        double beyond = trust() * (high - low);
        return Math.max(low - beyond, Math.min(sum, high + beyond));
    }

    private int rowAxis() {
        return axis == 0 ? 1 : 0;
    }

    private int columnAxis() {
        return axis == 2 ? 1 : 2;
    }

    /** For each step along an axis from -{@value #SIDE} to {@value #SIDE}: how far it is from these voxels, in the flat array. */
    private static int[][] shifts(Shape3 shape, int[] voxels, int axis) {
        int stride = shape.stride(axis);
        int last = shape.length(axis) - 1;
        int[][] shifts = new int[2 * SIDE + 1][voxels.length];
        for (int i = 0; i < voxels.length; i++) {
            int place = voxels[i] / stride % (last + 1);
            for (int step = -SIDE; step <= SIDE; step++) {
                shifts[step + SIDE][i] = (Math.max(0, Math.min(place + step, last)) - place) * stride;
            }
        }
        return shifts;
    }
}
