package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/** Walks the lines of voxels along an axis of a volume. */
final class Lines {
    private Lines() {}

    /** What is done with one line; must not write where another line does. */
    interface Walker {
        /** @param start index of the line's first voxel in the flat array */
        void walk(int start);
    }

    /** On all cores. */
    static void along(Shape3 shape, int axis, Walker walker) {
        Slabs.parallel(outer(shape, axis), i -> walk(shape, axis, i, walker));
    }

    /** One after the other, for sums that shall come out the same every time. */
    static void inTurn(Shape3 shape, int axis, Walker walker) {
        for (int i = 0; i < outer(shape, axis); i++) {
            walk(shape, axis, i, walker);
        }
    }

    private static int outer(Shape3 shape, int axis) {
        return axis == 0 ? shape.ny() : shape.nz();
    }

    private static void walk(Shape3 shape, int axis, int i, Walker walker) {
        int inner = axis == 2 ? shape.ny() : shape.nx();
        for (int j = 0; j < inner; j++) {
            walker.walk(
                    switch (axis) {
                        case 0 -> shape.index(0, i, j);
                        case 1 -> shape.index(i, 0, j);
                        default -> shape.index(i, j, 0);
                    });
        }
    }
}
