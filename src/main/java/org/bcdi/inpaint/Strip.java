package org.bcdi.inpaint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bcdi.volume.Shape3;

/**
 * A kind of gap: {@code width} voxels across along {@code axis}, with measured voxels on both sides.
 *
 * @param axis across the gap: 0 = z, 1 = y, 2 = x
 * @param width in voxels
 */
record Strip(int axis, int width) {
    /** Measured voxels wanted on either side. */
    static final int DEPTH = 8;

    /** Half the extent of the neighbourhood along the gap. */
    static final int SIDE = 2;

    /** Voxels of the neighbourhood: both sides, 5x5 voxels wide. */
    static final int NEIGHBOURS = 2 * DEPTH * (2 * SIDE + 1) * (2 * SIDE + 1);

    private static final int WIDEST = 24;

    /** Lines that cross a kind of gap, by the first voxel of the gap on each. */
    record Crossings(Strip strip, List<Integer> voxels) {}

    /** Room for what {@link #collect} finds. */
    float[] sample() {
        return new float[NEIGHBOURS + width];
    }

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

    /** The value at a step into the gap on the straight line between the two voxels that enclose the gap. */
    float line(Shape3 shape, float[] log, int first, int step) {
        float low = log[first - shape.stride(axis)];
        float high = log[first + width * shape.stride(axis)];
        return low + (high - low) * (step + 1) / (width + 1);
    }

    /**
     * Collects the neighbourhood of a crossing minus its mean, then how far the gap's own values are off the straight line
     * across it. Along the gap the neighbourhood repeats its edge values beyond the volume's border.
     *
     * @param first voxel of the gap; along the axis the neighbourhood is inside of the volume
     * @param sample from {@link #sample}
     */
    void collect(Shape3 shape, float[] log, int first, float[] sample) {
        int rowAxis = axis == 0 ? 1 : 0;
        int columnAxis = axis == 2 ? 1 : 2;
        int next = 0;
        double sum = 0;
        for (int row = -SIDE; row <= SIDE; row++) {
            int atRow = first + shift(shape, first, rowAxis, row);
            for (int column = -SIDE; column <= SIDE; column++) {
                int at = atRow + shift(shape, first, columnAxis, column);
                for (int step = 1; step <= DEPTH; step++) {
                    sample[next] = log[at - step * shape.stride(axis)];
                    sample[next + 1] = log[at + (width + step - 1) * shape.stride(axis)];
                    sum += sample[next] + sample[next + 1];
                    next += 2;
                }
            }
        }
        float mean = (float) (sum / NEIGHBOURS);
        for (int i = 0; i < NEIGHBOURS; i++) {
            sample[i] -= mean;
        }
        for (int step = 0; step < width; step++) {
            sample[NEIGHBOURS + step] = log[first + step * shape.stride(axis)] - line(shape, log, first, step);
        }
    }

    private static int shift(Shape3 shape, int voxel, int axis, int step) {
        int place = voxel / shape.stride(axis) % shape.length(axis);
        return (Math.max(0, Math.min(place + step, shape.length(axis) - 1)) - place) * shape.stride(axis);
    }
}
