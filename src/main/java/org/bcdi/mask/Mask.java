package org.bcdi.mask;

import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;

/**
 * Which voxels of a volume hold no data: 1 = no data, 0 = measured. Ownership of the array passes to the mask; nobody
 * writes through {@link #data()}.
 */
public final class Mask {
    private final Shape3 shape;
    private final byte[] data;

    /** @param data 0 or 1 for each voxel, C order (z, y, x) */
    public Mask(Shape3 shape, byte[] data) {
        if (data.length != shape.size()) {
            throw new IllegalArgumentException(
                    "a mask of " + shape + " needs " + shape.size() + " values, got " + data.length);
        }
        this.shape = shape;
        this.data = data;
    }

    /** Everything measured. */
    public static Mask none(Shape3 shape) {
        return new Mask(shape, new byte[shape.size()]);
    }

    public Shape3 shape() {
        return shape;
    }

    /** The values themselves, not a copy; read only. */
    public byte[] data() {
        return data;
    }

    /** Whether voxel {@code index} of the flat array holds no data. */
    public boolean masked(int index) {
        return data[index] != 0;
    }

    /** Number of voxels without data. */
    public int count() {
        int masked = 0;
        for (byte value : data) {
            masked += value != 0 ? 1 : 0;
        }
        return masked;
    }

    /** No data where either mask says so. */
    public Mask or(Mask other) {
        if (!other.shape.equals(shape)) {
            throw new IllegalArgumentException("masks of " + shape + " and " + other.shape + " do not fit together");
        }
        byte[] either = data.clone();
        for (int i = 0; i < either.length; i++) {
            either[i] |= other.data[i];
        }
        return new Mask(shape, either);
    }

    /** A copy of one box. */
    public Mask crop(Region3 region) {
        if (!region.fitsIn(shape)) {
            throw new IllegalArgumentException("region " + region + " leaves the mask of " + shape);
        }
        Shape3 part = region.shape();
        byte[] cut = new byte[part.size()];
        for (int z = 0; z < part.nz(); z++) {
            for (int y = 0; y < part.ny(); y++) {
                int from = shape.index(region.z0() + z, region.y0() + y, region.x0());
                System.arraycopy(data, from, cut, part.index(z, y, 0), part.nx());
            }
        }
        return new Mask(part, cut);
    }
}
