package org.bcdi.picture;

import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * A window of a plane through a volume: at {@code index} along {@code axis}, rows and columns half open.
 *
 * @param axis 0 = detector plane (y, x), 1 = (z, x), 2 = (z, y)
 */
record Cut(int axis, int index, int row0, int row1, int column0, int column1) {
    /** The whole plane. */
    static Cut whole(Shape3 shape, int axis, int index) {
        return new Cut(axis, index, 0, shape.length(rowAxis(axis)), 0, shape.length(columnAxis(axis)));
    }

    /** The part of a plane through {@code centre} (z, y, x) that is within {@code reach} of it along each axis. */
    static Cut around(Shape3 shape, int axis, int[] centre, int[] reach) {
        int row = rowAxis(axis);
        int column = columnAxis(axis);
        return new Cut(
                axis,
                centre[axis],
                Math.max(0, centre[row] - reach[row]),
                Math.min(shape.length(row), centre[row] + reach[row] + 1),
                Math.max(0, centre[column] - reach[column]),
                Math.min(shape.length(column), centre[column] + reach[column] + 1));
    }

    /** The values in the window, rows first. */
    float[][] of(Volume volume) {
        float[][] plane = volume.slice(axis, index);
        float[][] window = new float[row1 - row0][column1 - column0];
        for (int row = row0; row < row1; row++) {
            System.arraycopy(plane[row], column0, window[row - row0], 0, column1 - column0);
        }
        return window;
    }

    /** The values in the window where the mask is {@code shown}, NaN elsewhere. */
    float[][] of(Volume volume, Mask mask, boolean shown) {
        Shape3 shape = volume.shape();
        float[][] window = of(volume);
        for (int row = row0; row < row1; row++) {
            for (int column = column0; column < column1; column++) {
                int at = index * shape.stride(axis)
                        + row * shape.stride(rowAxis(axis))
                        + column * shape.stride(columnAxis(axis));
                if (mask.masked(at) != shown) {
                    window[row - row0][column - column0] = Float.NaN;
                }
            }
        }
        return window;
    }

    /** What the plane is, in the words of the beamline. */
    String caption() {
        return switch (axis) {
            case 0 -> "step z=" + index + ": y down, x right" + origin("y", "x");
            case 1 -> "row y=" + index + ": z down, x right" + origin("z", "x");
            default -> "column x=" + index + ": z down, y right" + origin("z", "y");
        };
    }

    private String origin(String rows, String columns) {
        return row0 == 0 && column0 == 0 ? "" : ", from " + rows + "=" + row0 + " " + columns + "=" + column0;
    }

    private static int rowAxis(int axis) {
        return axis == 0 ? 1 : 0;
    }

    private static int columnAxis(int axis) {
        return axis == 2 ? 1 : 2;
    }
}
