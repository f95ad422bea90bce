package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;

/**
 * Places of a scan where no gap is, to learn from how a gap would look there. Bright places teach more: they are drawn in
 * even steps of the sum of their weights (0.2 + mean of the log counts at the two ends)^2, in the order of the volume, so
 * that the same scan always gives the same places.
 */
final class FreePlaces {
    private static final int LONGEST_RUN = Byte.MAX_VALUE;

    private final Strip strip;
    private final Shape3 shape;
    private final float[] log;

    /** Voxels from here on along the axis whose neighbourhood across it is measured, {@value #LONGEST_RUN} at most. */
    private final byte[] runs;

    private FreePlaces(Strip strip, Shape3 shape, float[] log, byte[] runs) {
        this.strip = strip;
        this.shape = shape;
        this.log = log;
        this.runs = runs;
    }

    /** @param log log counts with filled gaps */
    static FreePlaces of(Strip strip, Gaps gaps, float[] log) {
        byte[] blocked = new byte[log.length];
        for (int number = 0; number < gaps.count(); number++) {
            blocked[gaps.voxel(number)] = 1;
        }
        for (int axis = 0; axis < 3; axis++) {
            if (axis != strip.axis()) {
                blocked = widened(blocked, gaps.shape(), axis);
            }
        }
        return new FreePlaces(strip, gaps.shape(), log, runs(blocked, gaps.shape(), strip.axis()));
    }

    private static byte[] widened(byte[] blocked, Shape3 shape, int axis) {
        byte[] wide = new byte[blocked.length];
        int stride = shape.stride(axis);
        int length = shape.length(axis);
        for (int voxel = 0; voxel < blocked.length; voxel++) {
            if (blocked[voxel] != 0) {
                int place = voxel / stride % length;
                int first = Math.max(-Strip.SIDE, -place);
                int last = Math.min(Strip.SIDE, length - 1 - place);
                for (int step = first; step <= last; step++) {
                    wide[voxel + step * stride] = 1;
                }
            }
        }
        return wide;
    }

    private static byte[] runs(byte[] blocked, Shape3 shape, int axis) {
        byte[] runs = blocked;
        int stride = shape.stride(axis);
        int length = shape.length(axis);
        for (int voxel = runs.length - 1; voxel >= 0; voxel--) {
            boolean last = voxel / stride % length == length - 1;
            int behind = last ? 0 : runs[voxel + stride];
            runs[voxel] = (byte) (blocked[voxel] != 0 ? 0 : Math.min(behind + 1, LONGEST_RUN));
        }
        return runs;
    }

    /**
     * @param wanted number of places; one may come more than once
     * @param fewest that must be free
     * @return first voxels of strips that stand for the gap, empty when there are too few
     */
    int[] choose(int wanted, int fewest) {
        double total = 0;
        int free = 0;
        for (int voxel = 0; voxel < runs.length; voxel++) {
            if (isFree(voxel)) {
                total += weight(voxel);
                free++;
            }
        }
        if (free < fewest) {
            return new int[0];
        }
        int[] chosen = new int[wanted];
        int next = 0;
        double sum = 0;
        for (int voxel = 0; voxel < runs.length && next < wanted; voxel++) {
            if (isFree(voxel)) {
                sum += weight(voxel);
                while (next < wanted && sum >= (next + 0.5) / wanted * total) {
                    chosen[next++] = first(voxel);
                }
            }
        }
        return chosen;
    }

    /** Whether the neighbourhood that begins at a voxel is measured all through. */
    private boolean isFree(int voxel) {
        return runs[voxel] >= strip.width() + 2 * Strip.DEPTH;
    }

    private int first(int voxel) {
        return voxel + Strip.DEPTH * shape.stride(strip.axis());
    }

    private double weight(int voxel) {
        int stride = shape.stride(strip.axis());
        double low = log[first(voxel) - stride];
        double high = log[first(voxel) + strip.width() * stride];
        double ends = 0.2 + 0.5 * (low + high);
        return ends * ends;
    }
}
