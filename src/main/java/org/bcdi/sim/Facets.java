package org.bcdi.sim;

import java.util.SplittableRandom;

/**
 * A convex crystal habit: the {111} and {100} faces of a cubic crystal in a random orientation at random distances, with a
 * few faces of other directions, stretched to given half extents along z, y and x.
 */
final class Facets {
    private static final int STRAY_FACES = 4;
    private static final int PROBES = 4000;

    /** Unit normal (z, y, x) and distance from the centre in voxels, four numbers a face. */
    private final double[] faces;

    private Facets(double[] faces) {
        this.faces = faces;
    }

    static Facets random(SplittableRandom random, double[] halfExtent) {
        double[] faces = new double[4 * (14 + STRAY_FACES)];
        double[][] orientation = orientation(random);
        int at = 0;
        for (int code = 0; code < 27; code++) {
            double[] miller = {code / 9 - 1, code / 3 % 3 - 1, code % 3 - 1};
            double length = Math.sqrt(dot(miller, miller));
            if (length * length == 1 || length * length == 3) {
                double[] normal = new double[3];
                for (int axis = 0; axis < 3; axis++) {
                    normal[axis] = dot(orientation[axis], miller) / length;
                }
                at = put(faces, at, normal, 0.8 + 0.35 * random.nextDouble());
            }
        }
        while (at < faces.length) {
            at = put(faces, at, direction(random), 0.75 + 0.35 * random.nextDouble());
        }
        stretch(faces, halfExtent, random);
        return new Facets(faces);
    }

    /** Distance to the nearest face, in voxels from the crystal's centre; negative outside. */
    double depth(double z, double y, double x) {
        double depth = Double.MAX_VALUE;
        for (int i = 0; i < faces.length; i += 4) {
            depth = Math.min(depth, faces[i + 3] - faces[i] * z - faces[i + 1] * y - faces[i + 2] * x);
        }
        return depth;
    }

    /** Scales and moves the polyhedron so that its bounding box is the one asked for, centred on 0. */
    private static void stretch(double[] faces, double[] halfExtent, SplittableRandom random) {
        double[] low = new double[3];
        double[] high = new double[3];
        for (int probe = 0; probe < PROBES; probe++) {
            double[] ray = direction(random);
            double reach = reach(faces, ray);
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], reach * ray[axis]);
                high[axis] = Math.max(high[axis], reach * ray[axis]);
            }
        }
        for (int i = 0; i < faces.length; i += 4) {
            double distance = faces[i + 3];
            double norm = 0;
            for (int axis = 0; axis < 3; axis++) {
                distance -= faces[i + axis] * (low[axis] + high[axis]) / 2;
                faces[i + axis] *= (high[axis] - low[axis]) / 2 / halfExtent[axis];
                norm += faces[i + axis] * faces[i + axis];
            }
            norm = Math.sqrt(norm);
            for (int axis = 0; axis < 3; axis++) {
                faces[i + axis] /= norm;
            }
            faces[i + 3] = distance / norm;
        }
    }

    private static double reach(double[] faces, double[] ray) {
        double reach = Double.MAX_VALUE;
        for (int i = 0; i < faces.length; i += 4) {
            double along = faces[i] * ray[0] + faces[i + 1] * ray[1] + faces[i + 2] * ray[2];
            if (along > 1e-9) {
                reach = Math.min(reach, faces[i + 3] / along);
            }
        }
        return reach;
    }

    private static int put(double[] faces, int at, double[] normal, double distance) {
        System.arraycopy(normal, 0, faces, at, 3);
        faces[at + 3] = distance;
        return at + 4;
    }

    /** Three orthonormal rows in a random orientation, by Gram-Schmidt. */
    private static double[][] orientation(SplittableRandom random) {
        double[] first = direction(random);
        double[] second = direction(random);
        double along = dot(first, second);
        for (int axis = 0; axis < 3; axis++) {
            second[axis] -= along * first[axis];
        }
        normalise(second);
        double[] third = {
            first[1] * second[2] - first[2] * second[1],
            first[2] * second[0] - first[0] * second[2],
            first[0] * second[1] - first[1] * second[0]
        };
        return new double[][] {first, second, third};
    }

    private static double[] direction(SplittableRandom random) {
        double[] vector = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        normalise(vector);
        return vector;
    }

    private static void normalise(double[] vector) {
        double norm = Math.sqrt(dot(vector, vector));
        for (int axis = 0; axis < 3; axis++) {
            vector[axis] /= norm;
        }
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
