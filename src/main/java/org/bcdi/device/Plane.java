package org.bcdi.device;

import org.bcdi.volume.Shape3;

/**
 * A plane through a volume, rows first: across axis 0 it is (y, x), across 1 (z, x), across 2 (z, y).
 *
 * @param index where the axis is cut
 */
record Plane(Shape3 shape, int axis, int index) {
    int rows() {
        return shape.length(rowAxis());
    }

    int columns() {
        return shape.length(columnAxis());
    }

    /** Index into the volume's flat array. */
    int voxel(int row, int column) {
        return index * shape.stride(axis) + row * shape.stride(rowAxis()) + column * shape.stride(columnAxis());
    }

    private int rowAxis() {
        return axis == 0 ? 1 : 0;
    }

    private int columnAxis() {
        return axis == 2 ? 1 : 2;
    }
}
