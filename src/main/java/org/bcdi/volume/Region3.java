package org.bcdi.volume;

/** A box inside a volume: its first voxel (z0, y0, x0) and its shape. */
public record Region3(int z0, int y0, int x0, Shape3 shape) {
    public Region3 {
        if (z0 < 0 || y0 < 0 || x0 < 0) {
            throw new IllegalArgumentException("a region starts inside its volume: " + z0 + "," + y0 + "," + x0);
        }
    }

    public static Region3 whole(Shape3 shape) {
        return new Region3(0, 0, 0, shape);
    }

    public boolean fitsIn(Shape3 volume) {
        return z0 <= volume.nz() - shape.nz() && y0 <= volume.ny() - shape.ny() && x0 <= volume.nx() - shape.nx();
    }
}
