package org.bcdi.volume;

/**
 * Extent of a volume: {@code nz} rocking steps of frames of {@code ny} rows and {@code nx} columns. The one place that knows
 * how (z, y, x) becomes an index into the flat array.
 */
public record Shape3(int nz, int ny, int nx) {
    public Shape3 {
        if (nz < 1 || ny < 1 || nx < 1) {
            throw new IllegalArgumentException(
                    "a volume needs at least one voxel along each axis: " + nz + "x" + ny + "x" + nx);
        }
        // Not in long: three extents overflow that too
        if ((double) nz * ny * nx > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a volume holds at most 2^31 - 9 voxels: " + nz + "x" + ny + "x" + nx);
        }
    }

    /** Number of voxels. */
    public int size() {
        return nz * ny * nx;
    }

    /** Number of voxels in one frame. */
    public int frameSize() {
        return ny * nx;
    }

    public int index(int z, int y, int x) {
        return (z * ny + y) * nx + x;
    }

    /** Extent along an axis: 0 = z, 1 = y, 2 = x. */
    public int length(int axis) {
        return switch (axis) {
            case 0 -> nz;
            case 1 -> ny;
            case 2 -> nx;
            default -> throw new IllegalArgumentException("axis must be 0, 1 or 2: " + axis);
        };
    }

    /** Distance in the flat array between neighbours along an axis. */
    public int stride(int axis) {
        return switch (axis) {
            case 0 -> ny * nx;
            case 1 -> nx;
            case 2 -> 1;
            default -> throw new IllegalArgumentException("axis must be 0, 1 or 2: " + axis);
        };
    }

    @Override
    public String toString() {
        return nz + "x" + ny + "x" + nx;
    }
}
