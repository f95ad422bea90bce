package org.bcdi.fourier;

import org.bcdi.volume.Shape3;

/**
 * Moves the origin between index 0, where transforms have it, and index N/2 (rounded down), where stored arrays have it.
 * For odd extents the two directions differ; each undoes the other. Works on real (one value a voxel) and interleaved
 * complex arrays (two values a voxel), told apart by their length.
 */
public final class Shift {
    private Shift() {}

    /** Origin from 0 to N/2 (fftshift); a new array. */
    public static float[] toCentre(Shape3 shape, float[] data) {
        return roll(shape, data, shape.nz() / 2, shape.ny() / 2, shape.nx() / 2);
    }

    /** Origin from N/2 to 0 (ifftshift); a new array. */
    public static float[] fromCentre(Shape3 shape, float[] data) {
        return roll(shape, data, -(shape.nz() / 2), -(shape.ny() / 2), -(shape.nx() / 2));
    }

    /** Cyclic shift: the value at (z, y, x) moves to (z + dz, y + dy, x + dx); a new array. */
    public static float[] roll(Shape3 shape, float[] data, int dz, int dy, int dx) {
        float[] rolled = new float[data.length];
        copyRolled(shape, data, rolled, valuesPerVoxel(shape, data.length), dz, dy, dx);
        return rolled;
    }

    /** The same for masks, one byte a voxel. */
    public static byte[] roll(Shape3 shape, byte[] data, int dz, int dy, int dx) {
        byte[] rolled = new byte[data.length];
        copyRolled(shape, data, rolled, valuesPerVoxel(shape, data.length), dz, dy, dx);
        return rolled;
    }

    private static int valuesPerVoxel(Shape3 shape, int length) {
        if (length != shape.size() && length != 2L * shape.size()) {
            throw new IllegalArgumentException("a shift of " + shape + " needs " + shape.size() + " real or "
                    + 2L * shape.size() + " interleaved complex values, got " + length);
        }
        return length == shape.size() ? 1 : 2;
    }

    private static void copyRolled(Shape3 shape, Object from, Object to, int width, int dz, int dy, int dx) {
        int split = Math.floorMod(dx, shape.nx());
        int kept = shape.nx() - split;
        for (int z = 0; z < shape.nz(); z++) {
            int toZ = Math.floorMod(z + dz, shape.nz());
            for (int y = 0; y < shape.ny(); y++) {
                int source = shape.index(z, y, 0) * width;
                int target = shape.index(toZ, Math.floorMod(y + dy, shape.ny()), 0) * width;
                System.arraycopy(from, source, to, target + split * width, kept * width);
                System.arraycopy(from, source + kept * width, to, target, split * width);
            }
        }
    }
}
