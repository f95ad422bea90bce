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

    /**
     * Cyclic shift of interleaved complex values by parts of a voxel, interpolated by the Fourier transform; a new array. Values
     * whose transform is not band-limited, as at sharp edges, ring.
     */
    public static float[] parts(Shape3 shape, float[] data, double dz, double dy, double dx) {
        FourierTransform transform = new FourierTransform(shape);
        float[] moved = data.clone();
        transform.forward(moved);
        double[][] z = ramp(shape.nz(), dz);
        double[][] y = ramp(shape.ny(), dy);
        double[][] x = ramp(shape.nx(), dx);
        double scale = 1.0 / shape.size();
        for (int k = 0; k < shape.nz(); k++) {
            for (int j = 0; j < shape.ny(); j++) {
                double re = scale * (z[k][0] * y[j][0] - z[k][1] * y[j][1]);
                double im = scale * (z[k][0] * y[j][1] + z[k][1] * y[j][0]);
                for (int i = 0; i < shape.nx(); i++) {
                    int at = 2 * shape.index(k, j, i);
                    double cos = re * x[i][0] - im * x[i][1];
                    double sin = re * x[i][1] + im * x[i][0];
                    float value = moved[at];
                    moved[at] = (float) (cos * value - sin * moved[at + 1]);
                    moved[at + 1] = (float) (sin * value + cos * moved[at + 1]);
                }
            }
        }
        transform.backward(moved);
        return moved;
    }

    /** exp(-2 pi i k s / N) for each index k of a transform, which moves what is transformed by s voxels: pairs (re, im). */
    public static double[][] ramp(int length, double shift) {
        double[][] ramp = new double[length][];
        for (int k = 0; k < length; k++) {
            double angle = -2 * Math.PI * (k > (length - 1) / 2 ? k - length : k) * shift / length;
            ramp[k] = new double[] {Math.cos(angle), Math.sin(angle)};
        }
        return ramp;
    }

    /** {@link #roll} for masks, one byte a voxel. */
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
