package org.bcdi.inpaint;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;
import org.bcdi.volume.Volume;

/**
 * The gap voxels of a volume, numbered in the order of the flat array: what is computed for them is kept in arrays of
 * their number only, so that memory grows with the gaps and not with the volume.
 */
final class Gaps {
    /** Gap voxels that one core takes at a time. */
    private static final int CHUNK = 4096;

    private final Shape3 shape;
    private final byte[] mask;
    private final int[] voxels;

    /** By row along x: the number of the first gap voxel in it or, where there is none, behind it. One more row ends the last. */
    private final int[] rows;

    private Gaps(Shape3 shape, byte[] mask, int[] voxels) {
        this.shape = shape;
        this.mask = mask;
        this.voxels = voxels;
        this.rows = new int[shape.nz() * shape.ny() + 1];
        for (int row = 0, number = 0; row < rows.length; row++) {
            while (number < voxels.length && voxels[number] < (long) row * shape.nx()) {
                number++;
            }
            rows[row] = number;
        }
    }

    static Gaps of(Mask mask) {
        return of(mask.shape(), mask.data());
    }

    /** @param mask not 0 where there is no data */
    static Gaps of(Shape3 shape, byte[] mask) {
        int count = 0;
        for (byte value : mask) {
            count += value != 0 ? 1 : 0;
        }
        int[] voxels = new int[count];
        int next = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] != 0) {
                voxels[next++] = i;
            }
        }
        return new Gaps(shape, mask, voxels);
    }

    /** Those that are not marked. */
    Gaps without(byte[] marked) {
        byte[] left = new byte[mask.length];
        for (int voxel : voxels) {
            left[voxel] = (byte) (marked[voxel] == 0 ? 1 : 0);
        }
        return markedIn(left);
    }

    /** Those that are marked; takes over the marks, of which there are no others. */
    Gaps markedIn(byte[] marks) {
        return new Gaps(
                shape,
                marks,
                Arrays.stream(voxels).filter(voxel -> marks[voxel] != 0).toArray());
    }

    /** These and those. */
    Gaps and(Gaps others) {
        byte[] both = mask.clone();
        for (int voxel : others.voxels) {
            both[voxel] = 1;
        }
        return of(shape, both);
    }

    /** Numbers of the gap voxels that are marked. */
    int[] numbersIn(byte[] marked) {
        return IntStream.range(0, voxels.length)
                .filter(number -> marked[voxels[number]] != 0)
                .toArray();
    }

    Shape3 shape() {
        return shape;
    }

    int count() {
        return voxels.length;
    }

    boolean masked(int voxel) {
        return mask[voxel] != 0;
    }

    /** Voxels across the gap at one of its voxels, the shortest way along an axis, counted up to {@code most}. */
    int across(int voxel, int most) {
        int across = most;
        for (int axis = 0; axis < 3; axis++) {
            int stride = shape.stride(axis);
            int place = voxel / stride % shape.length(axis);
            int before = gapVoxels(voxel, -stride, Math.min(place, across));
            int behind = gapVoxels(voxel, stride, Math.min(shape.length(axis) - 1 - place, across));
            across = Math.min(across, before + 1 + behind);
        }
        return across;
    }

    /** How many gap voxels follow one by steps, up to {@code most}. */
    private int gapVoxels(int voxel, int step, int most) {
        int count = 0;
        while (count < most && masked(voxel + (count + 1) * step)) {
            count++;
        }
        return count;
    }

    /** Index of a gap's voxel in the flat array. */
    int voxel(int number) {
        return voxels[number];
    }

    /** Number of the first gap voxel at or after an index of the flat array. */
    int firstFrom(int voxel) {
        int row = voxel / shape.nx();
        if (row == rows.length - 1) {
            return voxels.length;
        }
        int first = rows[row];
        int end = rows[row + 1];
        int ifUnbroken = first < end ? first + Math.max(0, voxel - voxels[first]) : end;
        if (ifUnbroken < end && voxels[ifUnbroken] == voxel) {
            return ifUnbroken;
        }
        int found = Arrays.binarySearch(voxels, first, end, voxel);
        return found >= 0 ? found : -found - 1;
    }

    /** Calls {@code body} for the numbers of all gap voxels, each on some core; the bodies must not share what they write. */
    void parallel(IntConsumer body) {
        Slabs.parallel((voxels.length + CHUNK - 1) / CHUNK, chunk -> {
            for (int number = chunk * CHUNK; number < Math.min((chunk + 1) * CHUNK, voxels.length); number++) {
                body.accept(number);
            }
        });
    }

    /** log(1 + counts), 0 in the gaps: the scale on which gaps are filled, where noise and dynamic range are even. */
    float[] logOf(Volume counts) {
        if (!counts.shape().equals(shape)) {
            throw new IllegalArgumentException("a mask of " + shape + " on counts of " + counts.shape());
        }
        float[] log = new float[counts.data().length];
        int frame = shape.frameSize();
        Slabs.parallel(shape.nz(), z -> {
            for (int i = z * frame; i < (z + 1) * frame; i++) {
                // Most voxels are dark, and the logarithm of 1 is not to be looked for
                if (mask[i] == 0 && counts.data()[i] != 0) {
                    log[i] = (float) Math.log1p(counts.data()[i]);
                }
            }
        });
        return log;
    }

    /** The values at the gap voxels, by number. */
    float[] pick(float[] values) {
        float[] picked = new float[voxels.length];
        for (int number = 0; number < picked.length; number++) {
            picked[number] = values[voxels[number]];
        }
        return picked;
    }
}
