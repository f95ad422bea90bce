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
        for (int axis = 0; axis < 3; axis++) {
            // A voxel stays if no voxel of the window around it is measured
            opened = windowed(opened, shape, axis, 0, 1);
        }
        for (int axis = 0; axis < 3; axis++) {
            opened = windowed(opened, shape, axis, 1, 0);
        }
        for (int voxel = 0; voxel < opened.length; voxel++) {
            if (!gaps.masked(voxel)) {
                opened[voxel] = 0;
            }
        }
        return opened;
    }

    /** Along an axis: {@code sought} where the window around a voxel holds such a one, {@code other} where it does not. */
    private static byte[] windowed(byte[] values, Shape3 shape, int axis, int sought, int other) {
        byte[] result = new byte[values.length];
        int length = shape.length(axis);
        int stride = shape.stride(axis);
        Lines.along(shape, axis, start -> {
            int inWindow = 0;
            for (int place = -REACH; place < length; place++) {
                int entering = place + REACH;
                int leaving = place - REACH - 1;
                inWindow += entering < length && values[start + entering * stride] == sought ? 1 : 0;
                inWindow -= leaving >= 0 && values[start + leaving * stride] == sought ? 1 : 0;
                if (place >= 0) {
                    result[start + place * stride] = (byte) (inWindow > 0 ? sought : other);
                }
            }
        });
        return result;
    }
}
