package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/** Walks the lines of voxels along an axis of a volume, on all cores. */
final class Lines {
    private Lines() {}

    /** What is done with one line; must not write where another line does. */
    interface Walker {
        /** @param start index of the line's first voxel in the flat array */
        void walk(int start);
    }

    static void along(Shape3 shape, int axis, Walker walker) {
        int outer = axis == 0 ? shape.ny() : shape.nz();
        int inner = axis == 2 ? shape.ny() : shape.nx();
        Slabs.parallel(outer, i -> {
            for (int j = 0; j < inner; j++) {
                walker.walk(
                        switch (axis) {
                            case 0 -> shape.index(0, i, j);
                            case 1 -> shape.index(i, 0, j);
                            default -> shape.index(i, j, 0);
                        });
            }
        });
    }
}
