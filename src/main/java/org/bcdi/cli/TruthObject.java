package org.bcdi.cli;

import org.bcdi.fourier.FourierTransform;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;

/** The simulated crystal as the best possible reconstruction of a part of its diffraction would show it. */
final class TruthObject {
    /** Part of the largest amplitude above which a voxel belongs to the crystal. */
    private static final double EDGE = 0.2;

    private TruthObject() {}

    /** The object whose diffraction is that of {@code object} inside {@code region}: same field of view, coarser voxels. */
    static ComplexVolume seenThrough(ComplexVolume object, Region3 region) {
        Shape3 shape = region.shape();
        if (shape.equals(object.shape())) {
            return object;
        }
        float[] wave = FourierTransform.toDetector(object).data();
        float[] cut = new float[2 * shape.size()];
        for (int z = 0; z < shape.nz(); z++) {
            for (int y = 0; y < shape.ny(); y++) {
                int from = object.shape().index(region.z0() + z, region.y0() + y, region.x0());
                System.arraycopy(wave, 2 * from, cut, 2 * shape.index(z, y, 0), 2 * shape.nx());
            }
        }
        return FourierTransform.toObject(new ComplexVolume(shape, cut));
    }

    /** 1 where the object is. */
    static Mask support(ComplexVolume object) {
        float[] amplitude = object.amplitude().data();
        float most = 0;
        for (float value : amplitude) {
            most = Math.max(most, value);
        }
        byte[] inside = new byte[amplitude.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) (amplitude[i] > EDGE * most ? 1 : 0);
        }
        return new Mask(object.shape(), inside);
    }
}
