package org.bcdi.inpaint;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * The gap voxels of a volume, numbered in the order of the flat array: what is computed for them is kept in arrays of
 * their number only, so that memory grows with the gaps and not with the volume.
 */
final class Gaps {
    private final Shape3 shape;
    private final byte[] mask;
    private final int[] voxels;

    private Gaps(Shape3 shape, byte[] mask, int[] voxels) {
        this.shape = shape;
        this.mask = mask;
        this.voxels = voxels;
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
        return of(shape, left);
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

    /** Index of a gap's voxel in the flat array. */
    int voxel(int number) {
        return voxels[number];
    }

    /** Number of the first gap voxel at or after an index of the flat array. */
    int firstFrom(int voxel) {
        int found = Arrays.binarySearch(voxels, voxel);
        return found >= 0 ? found : -found - 1;
    }

    /** log(1 + counts), 0 in the gaps: the scale on which gaps are filled, where noise and dynamic range are even. */
    float[] logOf(Volume counts) {
        if (!counts.shape().equals(shape)) {
            throw new IllegalArgumentException("a mask of " + shape + " on counts of " + counts.shape());
        }
        float[] log = new float[counts.data().length];
        for (int i = 0; i < log.length; i++) {
            log[i] = mask[i] != 0 ? 0 : (float) Math.log1p(counts.data()[i]);
        }
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
