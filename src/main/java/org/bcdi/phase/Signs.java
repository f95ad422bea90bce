package org.bcdi.phase;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;

/**
 * What tells a right reconstruction from a wrong one when nobody knows the truth.
 *
 * @param agreement complex correlation of the two best starts, 0 to 1; NaN where there was one start
 * @param transfer mean of the transfer function over its inner half, 0 to 1; NaN likewise
 * @param freeMisfit mean squared relative error of the intensity at voxels that the solver never saw, beyond counting noise
 * @param vortices part of the loops around four neighbouring voxels inside the support along which the phase turns by a whole
 *     turn: lines of zero amplitude pass there, which only failed runs have in number
 * @param unevenness standard deviation over mean of the amplitude inside the support, its outermost voxels left out: a crystal
 *     is about as dense everywhere, however strained (Newton et al., Phys. Rev. B 82, 165436, 2010)
 */
record Signs(double agreement, double transfer, double freeMisfit, double vortices, double unevenness) {
    /** Voxels, a cube of three: those of one resolution element are always even. */
    private static final int FEWEST = 27;

    /**
     * @param best the kept start first, in standard position
     * @param transferFunction of the best starts
     * @param freeMisfit of the kept start
     */
    static Signs of(List<Standard> best, List<Double> transferFunction, double freeMisfit) {
        Standard kept = best.get(0);
        double agreement = Double.NaN;
        if (best.size() > 1) {
            Standard second = best.get(1);
            agreement = Agreement.aligned(kept.object(), kept.support(), second.object(), second.support())
                    .correlation();
        }
        double transfer = transferFunction.stream()
                .limit((transferFunction.size() + 1) / 2)
                .mapToDouble(value -> value)
                .average()
                .orElse(Double.NaN);
        return new Signs(
                agreement,
                transfer,
                freeMisfit,
                vortices(kept.object(), kept.support()),
                unevenness(kept.object(), kept.support()));
    }

    /** Those that are known, by name. */
    Map<String, Double> byName() {
        Map<String, Double> signs =
                new TreeMap<>(Map.of("freeMisfit", freeMisfit, "vortices", vortices, "unevenness", unevenness));
        if (!Double.isNaN(agreement)) {
            signs.put("agreement", agreement);
            signs.put("transfer", transfer);
        }
        return signs;
    }

    static double vortices(ComplexVolume object, Mask support) {
        Shape3 shape = object.shape();
        int loops = 0;
        int turning = 0;
        for (int axis = 0; axis < 3; axis++) {
            int first = (axis + 1) % 3;
            int second = (axis + 2) % 3;
            for (int i = 0; i < shape.size(); i++) {
                boolean edge = at(shape, i, first) == shape.length(first) - 1
                        || at(shape, i, second) == shape.length(second) - 1;
                int[] loop = {
                    i, i + shape.stride(first), i + shape.stride(first) + shape.stride(second), i + shape.stride(second)
                };
                if (!edge && inside(support, loop)) {
                    loops++;
                    turning += Math.abs(turns(object.data(), loop)) > 0.5 ? 1 : 0;
                }
            }
        }
        return loops == 0 ? 1 : (double) turning / loops;
    }

    /** 1 where too few voxels of the support have all their neighbours in it for their spread to tell anything, or all are nothing. */
    static double unevenness(ComplexVolume object, Mask support) {
        Shape3 shape = object.shape();
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < shape.size(); i++) {
            if (surrounded(support, shape, i)) {
                double amplitude = Math.hypot(object.data()[2 * i], object.data()[2 * i + 1]);
                sum += amplitude;
                squares += amplitude * amplitude;
                count++;
            }
        }
        return count < FEWEST || sum == 0 ? 1 : Math.sqrt(Math.max(0, count * squares - sum * sum)) / sum;
    }

    /** Whether a voxel and its neighbours across faces are inside; the array is periodic. */
    private static boolean surrounded(Mask support, Shape3 shape, int i) {
        boolean inside = support.masked(i);
        for (int axis = 0; axis < 3 && inside; axis++) {
            int at = at(shape, i, axis);
            int length = shape.length(axis);
            int line = i - at * shape.stride(axis);
            int below = line + Math.floorMod(at - 1, length) * shape.stride(axis);
            int above = line + (at + 1) % length * shape.stride(axis);
            inside = support.masked(below) && support.masked(above);
        }
        return inside;
    }

    private static int at(Shape3 shape, int i, int axis) {
        return i / shape.stride(axis) % shape.length(axis);
    }

    private static boolean inside(Mask support, int[] loop) {
        for (int i : loop) {
            if (!support.masked(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whole turns of the phase along a closed loop of voxels. */
    private static double turns(float[] object, int[] loop) {
        double sum = 0;
        for (int k = 0; k < loop.length; k++) {
            int a = loop[k];
            int b = loop[(k + 1) % loop.length];
            double re = (double) object[2 * a] * object[2 * b] + (double) object[2 * a + 1] * object[2 * b + 1];
            double im = (double) object[2 * a] * object[2 * b + 1] - (double) object[2 * a + 1] * object[2 * b];
            sum += Math.atan2(im, re);
        }
        return sum / (2 * Math.PI);
    }
}
