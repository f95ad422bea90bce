package org.bcdi.phase;

import org.bcdi.fourier.Shift;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;

/**
 * A solution in standard position, so that two runs on the same data can be compared by eye: origin at N/2, centre of mass
 * of the support there, phase 0 at the amplitude-weighted mean, and of the two twins the one chosen by a rule.
 *
 * <p>The rule: u + v is not negative, where u is the mean of the sine of f(x) f(-x) weighted by |f(x) f(-x)| (r^2 - the mean
 * of r^2), positive where the even part of the phase rises outwards, and v the sum over the axes of the third moment of
 * |f|^2 over the 3/2 power of the second. Both change sign under the twin, and neither knows of shift or offset.
 */
final class Standard {
    private final Shape3 shape;
    private final float[] object;
    private final byte[] support;

    private Standard(Shape3 shape, float[] object, byte[] support) {
        this.shape = shape;
        this.object = object;
        this.support = support;
    }

    static Standard of(Solution solution) {
        Shape3 shape = solution.support().shape();
        int[] centre = centre(shape, solution.support().inside());
        int dz = shape.nz() / 2 - centre[0];
        int dy = shape.ny() / 2 - centre[1];
        int dx = shape.nx() / 2 - centre[2];
        float[] object = Shift.roll(shape, solution.object().data(), dz, dy, dx);
        byte[] support = Shift.roll(shape, solution.support().inside(), dz, dy, dx);
        removeOffset(object);
        Standard standard = new Standard(shape, object, support);
        return standard.handedness() >= 0 ? standard : standard.mirrored();
    }

    ComplexVolume object() {
        return new ComplexVolume(shape, object);
    }

    /** 1 inside. */
    Mask support() {
        return new Mask(shape, support);
    }

    private Standard mirrored() {
        Alignment twin = new Alignment(true, 0, 0, 0, 0);
        return new Standard(
                shape, twin.apply(object()).data(), twin.apply(support()).data());
    }

    /** Centre of mass on the periodic grid: each axis is a circle, and the mean of its angles the centre. */
    static int[] centre(Shape3 shape, byte[] inside) {
        int[] centre = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int length = shape.length(axis);
            double cos = 0;
            double sin = 0;
            for (int i = 0; i < inside.length; i++) {
                if (inside[i] != 0) {
                    double angle = 2 * Math.PI * (i / shape.stride(axis) % length) / length;
                    cos += Math.cos(angle);
                    sin += Math.sin(angle);
                }
            }
            centre[axis] = Math.floorMod(Math.round(Math.atan2(sin, cos) / (2 * Math.PI) * length), length);
        }
        return centre;
    }

    private static void removeOffset(float[] object) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < object.length; i += 2) {
            re += object[i];
            im += object[i + 1];
        }
        Alignment.turn(object, -Math.atan2(im, re));
    }

    private double handedness() {
        double[] second = new double[3];
        double[] third = new double[3];
        double weight = 0;
        double meanSquare = 0;
        for (int i = 0; i < support.length; i++) {
            if (support[i] != 0) {
                double density = density(i);
                weight += density;
                for (int axis = 0; axis < 3; axis++) {
                    double x = fromOrigin(i, axis);
                    second[axis] += density * x * x;
                    third[axis] += density * x * x * x;
                    meanSquare += density * x * x;
                }
            }
        }
        double skewness = 0;
        for (int axis = 0; axis < 3; axis++) {
            skewness += second[axis] > 0 ? third[axis] * Math.sqrt(weight) / Math.pow(second[axis], 1.5) : 0;
        }
        return evenPhase(meanSquare / weight) + skewness;
    }

    private double evenPhase(double meanSquare) {
        Mask mirrored = new Alignment(true, 0, 0, 0, 0).apply(support());
        float[] twin = Alignment.twin(object()).data();
        double sine = 0;
        double total = 0;
        for (int i = 0; i < support.length; i++) {
            if (support[i] != 0 && mirrored.masked(i)) {
                double lever = 0;
                for (int axis = 0; axis < 3; axis++) {
                    lever += fromOrigin(i, axis) * fromOrigin(i, axis);
                }
                lever -= meanSquare;
                // f(x) f(-x), f(-x) being the conjugate of the twin
                sine += lever * ((double) object[2 * i + 1] * twin[2 * i] - (double) object[2 * i] * twin[2 * i + 1]);
                total += Math.abs(lever) * Math.sqrt(density(i)) * Math.hypot(twin[2 * i], twin[2 * i + 1]);
            }
        }
        return total > 0 ? sine / total : 0;
    }

    private double density(int i) {
        return (double) object[2 * i] * object[2 * i] + (double) object[2 * i + 1] * object[2 * i + 1];
    }

    private int fromOrigin(int i, int axis) {
        return i / shape.stride(axis) % shape.length(axis) - shape.length(axis) / 2;
    }
}
