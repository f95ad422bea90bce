package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;

/**
 * Gaps that are too wide for the network: where a cube of 19^3 voxels fits into the gap, what is beyond the volume's border
 * counting as gap (the morphological opening of the gap).
 */
final class WideGaps {
    /** Half the cube, less its middle. */
    private static final int REACH = 9;

    /** The widest gap that is not wide. */
    static final int NARROW = 2 * REACH;

    private static final int STAYS = 2;

    private WideGaps() {}

    /** @return 1 at the voxels of wide gaps, 0 elsewhere; 0 everywhere when nothing at all was measured */
    static byte[] of(Gaps gaps) {
        Shape3 shape = gaps.shape();
        byte[] opened = new byte[shape.size()];
        if (gaps.count() == shape.size()) {
            return opened;
        }
        for (int number = 0; number < gaps.count(); number++) {
            opened[gaps.voxel(number)] = 1;
        }
        int left = gaps.count();
        for (int axis = 0; axis < 3 && left > 0; axis++) {
            left = erode(gaps, opened, axis);
        }
        for (int axis = 0; axis < 3 && left > 0; axis++) {
            opened = dilated(opened, shape, axis);
        }
        for (int voxel = 0; voxel < opened.length && left > 0; voxel++) {
            if (!gaps.masked(voxel)) {
                opened[voxel] = 0;
            }
        }
        return opened;
    }

    /**
     * Along an axis, clears the voxels that have one that is not marked within {@value #REACH}.
     *
     * @param marked 1 at some of the gap voxels, 0 elsewhere
     * @return how many stay marked
     */
    private static int erode(Gaps gaps, byte[] marked, int axis) {
        Shape3 shape = gaps.shape();
        int stride = shape.stride(axis);
        int length = shape.length(axis);
        for (int number = 0; number < gaps.count(); number++) {
            int voxel = gaps.voxel(number);
            if (marked[voxel] == 1) {
                // The first of a run, since a run is settled as a whole
                int begin = voxel / stride % length;
                int start = voxel - begin * stride;
                int end = begin;
                while (end < length && marked[start + end * stride] == 1) {
                    end++;
                }
                int first = begin == 0 ? 0 : begin + REACH;
                int past = end == length ? length : end - REACH;
                for (int place = begin; place < end; place++) {
                    marked[start + place * stride] = (byte) (place >= first && place < past ? STAYS : 0);
                }
            }
        }
        int left = 0;
        for (int number = 0; number < gaps.count(); number++) {
            if (marked[gaps.voxel(number)] == STAYS) {
                marked[gaps.voxel(number)] = 1;
                left++;
            }
        }
        return left;
    }

    /** Along an axis: 1 where a voxel within {@value #REACH} is marked. */
    private static byte[] dilated(byte[] marked, Shape3 shape, int axis) {
        byte[] result = new byte[marked.length];
        int length = shape.length(axis);
        int stride = shape.stride(axis);
        Lines.along(shape, axis, start -> {
            int inWindow = 0;
            for (int place = -REACH; place < length; place++) {
                int entering = place + REACH;
                int leaving = place - REACH - 1;
                inWindow += entering < length ? marked[start + entering * stride] : 0;
                inWindow -= leaving >= 0 ? marked[start + leaving * stride] : 0;
                if (place >= 0) {
                    result[start + place * stride] = (byte) (inWindow > 0 ? 1 : 0);
                }
            }
        });
        return result;
    }
}
