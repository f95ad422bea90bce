package org.bcdi.volume;

/**
 * Real numbers on a grid: counts, intensities, amplitudes, phases. Ownership of the array passes to the volume: whoever
 * made it must not write to it afterwards, and nobody writes through {@link #data()}.
 */
public final class Volume {
    private final Shape3 shape;
    private final float[] data;

    /** @param data values in C order (z, y, x), of {@code shape.size()} elements */
    public Volume(Shape3 shape, float[] data) {
        if (data.length != shape.size()) {
            throw new IllegalArgumentException(
                    "a volume of " + shape + " needs " + shape.size() + " values, got " + data.length);
        }
        this.shape = shape;
        this.data = data;
    }

    public static Volume zeros(Shape3 shape) {
        return new Volume(shape, new float[shape.size()]);
    }

    public Shape3 shape() {
        return shape;
    }

    /** The values themselves, not a copy; read only. */
    public float[] data() {
        return data;
    }

    public float at(int z, int y, int x) {
        return data[shape.index(z, y, x)];
    }

    /** A copy of one box. */
    public Volume crop(Region3 region) {
        if (!region.fitsIn(shape)) {
            throw new IllegalArgumentException("region " + region + " leaves the volume of " + shape);
        }
        Shape3 part = region.shape();
        float[] cut = new float[part.size()];
        for (int z = 0; z < part.nz(); z++) {
            for (int y = 0; y < part.ny(); y++) {
                int from = shape.index(region.z0() + z, region.y0() + y, region.x0());
                System.arraycopy(data, from, cut, part.index(z, y, 0), part.nx());
            }
        }
        return new Volume(part, cut);
    }

    /** A plane through the volume, rows first: axis 0 gives (y, x), axis 1 gives (z, x), axis 2 gives (z, y). */
    public float[][] slice(int axis, int index) {
        int rowAxis = axis == 0 ? 1 : 0;
        int columnAxis = axis == 2 ? 1 : 2;
        float[][] plane = new float[shape.length(rowAxis)][shape.length(columnAxis)];
        int start = index * shape.stride(axis);
        for (int row = 0; row < plane.length; row++) {
            for (int column = 0; column < plane[row].length; column++) {
                plane[row][column] = data[start + row * shape.stride(rowAxis) + column * shape.stride(columnAxis)];
            }
        }
        return plane;
    }
}
