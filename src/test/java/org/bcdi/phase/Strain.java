package org.bcdi.phase;

import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;

/**
 * How much the strain of two objects that lie on each other differs. Strain along the scattering vector is the gradient of the
 * phase along it over the vector's length (Robinson and Harder 2009).
 */
final class Strain {
    private Strain() {}

    /**
     * Root mean square difference of the phase gradient, radians a voxel, over the three axes, between neighbouring voxels
     * that both supports hold.
     */
    static double rms(ComplexVolume reference, Mask first, ComplexVolume other, Mask second) {
        Shape3 shape = reference.shape();
        float[] a = reference.data();
        float[] b = other.data();
        double squares = 0;
        int count = 0;
        for (int axis = 0; axis < 3; axis++) {
            int stride = shape.stride(axis);
            for (int i = 0; i < shape.size(); i++) {
                int j = i + stride;
                boolean inside = i / stride % shape.length(axis) < shape.length(axis) - 1
                        && first.masked(i)
                        && second.masked(i)
                        && first.masked(j)
                        && second.masked(j);
                if (inside) {
                    double difference = Math.IEEEremainder(step(a, i, j) - step(b, i, j), 2 * Math.PI);
                    squares += difference * difference;
                    count++;
                }
            }
        }
        return Math.sqrt(squares / count);
    }

    private static double step(float[] object, int i, int j) {
        return Math.atan2(object[2 * j + 1], object[2 * j]) - Math.atan2(object[2 * i + 1], object[2 * i]);
    }
}
