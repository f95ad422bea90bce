package org.bcdi.device;

import java.util.Optional;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/** Planes out of volumes, rows first; empty where the volume does not reach. */
final class Cuts {
    private Cuts() {}

    /** What to show of a complex number. */
    interface Part {
        float of(float re, float im);
    }

    static Optional<float[][]> of(Volume volume, int axis, int index) {
        return index < volume.shape().length(axis) ? Optional.of(volume.slice(axis, index)) : Optional.empty();
    }

    static Optional<float[][]> of(ComplexVolume object, int axis, int index, Part part) {
        Shape3 shape = object.shape();
        if (index >= shape.length(axis)) {
            return Optional.empty();
        }
        Plane plane = new Plane(shape, axis, index);
        float[][] values = new float[plane.rows()][plane.columns()];
        for (int row = 0; row < plane.rows(); row++) {
            for (int column = 0; column < plane.columns(); column++) {
                int voxel = 2 * plane.voxel(row, column);
                values[row][column] = part.of(object.data()[voxel], object.data()[voxel + 1]);
            }
        }
        return Optional.of(values);
    }

    static Optional<byte[][]> of(Mask mask, int axis, int index) {
        if (index >= mask.shape().length(axis)) {
            return Optional.empty();
        }
        Plane plane = new Plane(mask.shape(), axis, index);
        byte[][] values = new byte[plane.rows()][plane.columns()];
        for (int row = 0; row < plane.rows(); row++) {
            for (int column = 0; column < plane.columns(); column++) {
                values[row][column] = mask.data()[plane.voxel(row, column)];
            }
        }
        return Optional.of(values);
    }

    /** Sum along the axis. */
    static float[][] sum(Volume volume, int axis) {
        Shape3 shape = volume.shape();
        Plane first = new Plane(shape, axis, 0);
        float[][] sums = new float[first.rows()][first.columns()];
        for (int row = 0; row < first.rows(); row++) {
            for (int column = 0; column < first.columns(); column++) {
                double total = 0;
                int voxel = first.voxel(row, column);
                for (int i = 0; i < shape.length(axis); i++) {
                    total += volume.data()[voxel + i * shape.stride(axis)];
                }
                sums[row][column] = (float) total;
            }
        }
        return sums;
    }

    /** Counts as Tango's long, those beyond it as its largest. */
    static int[][] whole(float[][] counts) {
        int[][] numbers = new int[counts.length][];
        for (int row = 0; row < counts.length; row++) {
            numbers[row] = new int[counts[row].length];
            for (int column = 0; column < counts[row].length; column++) {
                numbers[row][column] = Math.round(counts[row][column]);
            }
        }
        return numbers;
    }

    /** The values where the plane of a support is 1, and 0 elsewhere. */
    static float[][] inside(float[][] values, byte[][] support) {
        float[][] kept = new float[values.length][];
        for (int row = 0; row < values.length; row++) {
            kept[row] = values[row].clone();
            for (int column = 0; column < kept[row].length; column++) {
                kept[row][column] *= support[row][column];
            }
        }
        return kept;
    }
}
