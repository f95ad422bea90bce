package org.bcdi.phase;

import org.bcdi.fourier.Shift;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;

/**
 * What an intensity cannot tell: whether the object or its twin conj(f(-x)), where it lies, and its phase offset. An
 * alignment says how to move one object onto another; both have their origin at N/2.
 *
 * @param twin whether to take the twin first
 * @param dz voxels to move along z, likewise dy and dx, cyclically; whole ones move values as they are, parts of a voxel are
 *     interpolated by the Fourier transform
 * @param offsetRadians to add to the phase
 */
public record Alignment(boolean twin, double dz, double dy, double dx, double offsetRadians) {
    /** The alignment of {@code moving} onto {@code reference} with the largest correlation, to an eighth of a voxel. */
    public static Alignment of(ComplexVolume reference, ComplexVolume moving) {
        if (!reference.shape().equals(moving.shape())) {
            throw new IllegalArgumentException(
                    "objects of " + reference.shape() + " and " + moving.shape() + " cannot be aligned");
        }
        CrossCorrelation.Peak plain = CrossCorrelation.highest(reference, moving);
        CrossCorrelation.Peak mirrored = CrossCorrelation.highest(reference, twin(moving));
        boolean twin = mirrored.height() > plain.height();
        CrossCorrelation.Peak best = twin ? mirrored : plain;
        return new Alignment(twin, best.dz(), best.dy(), best.dx(), best.angle());
    }

    /** The moved object, a new one. */
    public ComplexVolume apply(ComplexVolume object) {
        ComplexVolume source = twin ? twin(object) : object;
        float[] data = moved(object.shape(), source.data());
        turn(data, offsetRadians);
        return new ComplexVolume(object.shape(), data);
    }

    private float[] moved(Shape3 shape, float[] data) {
        boolean whole = dz == Math.rint(dz) && dy == Math.rint(dy) && dx == Math.rint(dx);
        return whole ? Shift.roll(shape, data, (int) dz, (int) dy, (int) dx) : Shift.parts(shape, data, dz, dy, dx);
    }

    /** The support moved likewise, to the nearest whole voxel, a new one. */
    public Mask apply(Mask support) {
        Mask source = twin ? new Mask(support.shape(), reflect(support.shape(), support.data())) : support;
        byte[] data = Shift.roll(
                support.shape(), source.data(), (int) Math.rint(dz), (int) Math.rint(dy), (int) Math.rint(dx));
        return new Mask(support.shape(), data);
    }

    /** The complex conjugate of the object reflected at its origin: the same intensity. */
    public static ComplexVolume twin(ComplexVolume object) {
        Shape3 shape = object.shape();
        float[] from = object.data();
        float[] data = new float[from.length];
        for (int i = 0; i < shape.size(); i++) {
            int source = mirror(shape, i);
            data[2 * i] = from[2 * source];
            data[2 * i + 1] = -from[2 * source + 1];
        }
        return new ComplexVolume(shape, data);
    }

    private static byte[] reflect(Shape3 shape, byte[] from) {
        byte[] data = new byte[from.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = from[mirror(shape, i)];
        }
        return data;
    }

    /** The voxel opposite {@code i} as seen from the origin at N/2. */
    private static int mirror(Shape3 shape, int i) {
        return shape.index(
                Math.floorMod(2 * (shape.nz() / 2) - i / shape.frameSize(), shape.nz()),
                Math.floorMod(2 * (shape.ny() / 2) - i / shape.nx() % shape.ny(), shape.ny()),
                Math.floorMod(2 * (shape.nx() / 2) - i % shape.nx(), shape.nx()));
    }

    /** Adds to the phase of every voxel, in place. */
    static void turn(float[] data, double angle) {
        float cos = (float) Math.cos(angle);
        float sin = (float) Math.sin(angle);
        for (int i = 0; i < data.length; i += 2) {
            float re = data[i];
            data[i] = cos * re - sin * data[i + 1];
            data[i + 1] = sin * re + cos * data[i + 1];
        }
    }
}
