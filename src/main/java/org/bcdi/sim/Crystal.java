package org.bcdi.sim;

import java.util.SplittableRandom;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * A faceted crystal as a complex function of space, in voxels from the array's centre: a modulus near 1 with softened faces
 * and a little texture, and a smooth phase.
 */
final class Crystal {
    private static final double TEXTURE = 0.06;
    /** How far outside its faces, in voxels, the softened modulus still counts. */
    private static final double MARGIN = 4;

    private final Facets facets;
    private final RandomField phase;
    private final RandomField texture;
    private final double softness;
    private final int[] reach;
    private final double phaseScale;

    private Crystal(Facets facets, RandomField phase, RandomField texture, double softness, int[] reach, double range) {
        this.facets = facets;
        this.phase = phase;
        this.texture = texture;
        this.softness = softness;
        this.reach = reach;
        this.phaseScale = range == 0 ? 0 : range / span();
    }

    static Crystal random(SplittableRandom random, SimulationSettings settings) {
        double[] half = new double[3];
        double[] smooth = new double[3];
        double[] grain = new double[3];
        int[] reach = new int[3];
        double correlation = 0.4 + 0.4 * random.nextDouble();
        for (int axis = 0; axis < 3; axis++) {
            int length = settings.shape().length(axis);
            half[axis] = Math.max(0.5, length / settings.oversampling() / 2);
            smooth[axis] = correlation * half[axis];
            grain[axis] = 0.25 * half[axis] + 1;
            reach[axis] = (int) Math.min(length / 2.0, Math.ceil(half[axis] + MARGIN));
        }
        return new Crystal(
                Facets.random(random, half),
                new RandomField(random, smooth),
                new RandomField(random, grain),
                0.45 + 0.3 * random.nextDouble(),
                reach,
                settings.strainRadians());
    }

    /**
     * Samples the crystal at voxel centres moved by (dz, dy, dx).
     *
     * @return interleaved complex values, origin at N/2
     */
    float[] sample(Shape3 shape, double dz, double dy, double dx) {
        float[] field = new float[2 * shape.size()];
        Slabs.parallel(2 * reach[0] + 1, slab -> {
            int z = slab - reach[0];
            for (int y = -reach[1]; y <= reach[1]; y++) {
                for (int x = -reach[2]; x <= reach[2]; x++) {
                    int row = z + shape.nz() / 2;
                    int column = y + shape.ny() / 2;
                    int last = x + shape.nx() / 2;
                    if (row < shape.nz() && column < shape.ny() && last < shape.nx()) {
                        put(field, 2 * shape.index(row, column, last), z + dz, y + dy, x + dx);
                    }
                }
            }
        });
        return field;
    }

    private void put(float[] field, int at, double z, double y, double x) {
        double depth = facets.depth(z, y, x);
        if (depth < -MARGIN) {
            return;
        }
        double modulus = (1 + TEXTURE * texture.at(z, y, x)) / (1 + Math.exp(-1.7 * depth / softness));
        double angle = phaseScale == 0 ? 0 : phaseScale * phase.at(z, y, x);
        field[at] = (float) (modulus * Math.cos(angle));
        field[at + 1] = (float) (modulus * Math.sin(angle));
    }

    /** Largest minus smallest value of the unscaled phase inside the faces. */
    private double span() {
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (int z = -reach[0]; z <= reach[0]; z++) {
            for (int y = -reach[1]; y <= reach[1]; y++) {
                for (int x = -reach[2]; x <= reach[2]; x++) {
                    if (facets.depth(z, y, x) >= 0) {
                        double value = phase.at(z, y, x);
                        low = Math.min(low, value);
                        high = Math.max(high, value);
                    }
                }
            }
        }
        return high > low ? high - low : 1;
    }
}
