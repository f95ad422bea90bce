package org.bcdi.phase;

import java.util.SplittableRandom;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;

/**
 * Simulated crystals of another kind than those of {@link org.bcdi.sim.CrystalSimulator}: turned ellipsoids and boxes, some
 * with a piece cut out, with a polynomial phase, some with a screw dislocation. Sampled twice as finely and cut, too.
 */
final class OtherCrystals {
    private OtherCrystals() {}

    /** @param strain range of the polynomial phase in radians */
    static SimulatedScan cube(int extent, long seed, double strain, double photons) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape3 fine = new Shape3(2 * extent, 2 * extent, 2 * extent);
        Shape3 shape = new Shape3(extent, extent, extent);
        ComplexVolume crystal = crystal(fine, random, strain);
        ComplexVolume object = Crystals.cut(crystal, new Region3(extent / 2, extent / 2, extent / 2, shape));
        return Crystals.measured(object, photons, random);
    }

    private static ComplexVolume crystal(Shape3 shape, SplittableRandom random, double strain) {
        double[][] turned = rotation(random);
        double[] half = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            half[axis] = shape.nx() * (0.13 + 0.07 * random.nextDouble());
        }
        boolean box = random.nextBoolean();
        double cut = random.nextInt(3) == 0 ? 0.3 + 0.4 * random.nextDouble() : 2;
        double screw = random.nextInt(4) == 0 ? 1 : 0;
        double[] power = new double[9];
        for (int i = 0; i < power.length; i++) {
            power[i] = random.nextGaussian();
        }
        double[] phases = new double[shape.size()];
        double[] modulus = new double[shape.size()];
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int i = 0; i < shape.size(); i++) {
            double[] at = place(shape, i, turned, half);
            double depth = box
                    ? 1 - Math.max(Math.abs(at[0]), Math.max(Math.abs(at[1]), Math.abs(at[2]))) * 1.15
                    : 1 - Math.sqrt(at[0] * at[0] + at[1] * at[1] + at[2] * at[2]);
            double hole = Math.hypot(at[0] - 0.9, at[1]) - (1 - cut);
            double inside = Math.min(depth * half[0], hole * half[0]);
            modulus[i] = 1 / (1 + Math.exp(-2 * inside));
            phases[i] = polynomial(power, at);
            if (inside > 0) {
                low = Math.min(low, phases[i]);
                high = Math.max(high, phases[i]);
            }
        }
        float[] object = new float[2 * shape.size()];
        for (int i = 0; i < shape.size(); i++) {
            double[] at = place(shape, i, turned, half);
            double phase = strain * phases[i] / (high - low) + screw * Math.atan2(at[1] + 0.3, at[0] + 0.2);
            object[2 * i] = (float) (modulus[i] * Math.cos(phase));
            object[2 * i + 1] = (float) (modulus[i] * Math.sin(phase));
        }
        return new ComplexVolume(shape, object);
    }

    private static double polynomial(double[] power, double[] at) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double next = at[(axis + 1) % 3];
            sum += power[axis] * at[axis] * at[axis]
                    + power[axis + 3] * at[axis] * next
                    + 0.7 * power[axis + 6] * at[axis] * at[axis] * next;
        }
        return sum;
    }

    /** From the crystal's middle along its own axes, 1 at its faces. */
    private static double[] place(Shape3 shape, int i, double[][] turned, double[] half) {
        double[] place = new double[3];
        for (int own = 0; own < 3; own++) {
            for (int axis = 0; axis < 3; axis++) {
                place[own] +=
                        turned[own][axis] * (i / shape.stride(axis) % shape.length(axis) - shape.length(axis) / 2);
            }
            place[own] /= half[own];
        }
        return place;
    }

    /** Three random perpendicular directions. */
    private static double[][] rotation(SplittableRandom random) {
        double[] a = direction(random);
        double[] b = cross(a, direction(random));
        return new double[][] {a, b, cross(a, b)};
    }

    private static double[] direction(SplittableRandom random) {
        double[] v = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        return normal(v);
    }

    private static double[] cross(double[] a, double[] b) {
        return normal(new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]});
    }

    private static double[] normal(double[] v) {
        double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        return new double[] {v[0] / length, v[1] / length, v[2] / length};
    }
}
