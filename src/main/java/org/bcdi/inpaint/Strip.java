package org.bcdi.inpaint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.bcdi.volume.Shape3;

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
        Map<Strip, List<Integer>> found = new HashMap<>();
        Shape3 shape = gaps.shape();
        for (int axis = 0; axis < 3; axis++) {
            int stride = shape.stride(axis);
            int length = shape.length(axis);
            for (int gap = 0; gap < gaps.count(); gap++) {
                int voxel = gaps.voxel(gap);
                int place = voxel / stride % length;
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
        return found.entrySet().stream()
                .map(kind -> new Crossings(kind.getKey(), kind.getValue()))
                .sorted(Comparator.comparing(
                                (Crossings crossings) -> -crossings.strip().width())
                        .thenComparing(crossings -> crossings.strip().axis()))
                .toList();
    }

    /** Whether a gap that ends {@code width} voxels on also begins at this voxel, both sides being measured deep enough. */
    private boolean hasSides(Gaps gaps, int voxel, int place, int length) {
        int stride = gaps.shape().stride(axis);
        if (place < DEPTH || place + width + DEPTH > length) {
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

    /**
     * Collects the neighbourhood of a crossing. Along the gap it repeats its edge values beyond the volume's border.
     *
     * @param first voxel of the gap; across the gap the neighbourhood is inside of the volume
     * @param neighbours takes {@value #NEIGHBOURS} values
     */
    void collect(Shape3 shape, float[] log, int first, float[] neighbours) {
        int stride = shape.stride(axis);
        int next = 0;
        for (int row = -SIDE; row <= SIDE; row++) {
            int atRow = first + shift(shape, first, rowAxis(), row);
            for (int column = -SIDE; column <= SIDE; column++) {
                int at = atRow + shift(shape, first, columnAxis(), column);
                for (int step = 1; step <= DEPTH; step++) {
                    neighbours[next++] = log[at - step * stride];
                    neighbours[next++] = log[at + (width + step - 1) * stride];
                }
            }
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

    private static int shift(Shape3 shape, int voxel, int axis, int step) {
        int place = voxel / shape.stride(axis) % shape.length(axis);
        return (Math.max(0, Math.min(place + step, shape.length(axis) - 1)) - place) * shape.stride(axis);
    }
}
