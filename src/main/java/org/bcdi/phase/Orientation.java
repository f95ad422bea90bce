package org.bcdi.phase;

import org.bcdi.volume.Shape3;

/**
 * One of 24 ways to look at a cubic window: mirrored along any axes, the axes taken in turn from any of the three. Diffraction
 * knows no way from another, so a network that is asked in several of them makes independent attempts.
 */
final class Orientation {
    static final int WAYS = 24;

    private final int[] order;

    private Orientation(int[] order) {
        this.order = order;
    }

    /** @param number from 0, which leaves everything as it is; from {@link #WAYS} on they come again */
    static Orientation of(Shape3 cube, int number) {
        int side = cube.nx();
        int mirrors = number & 7;
        int turned = number / 8 % 3;
        int[] order = new int[cube.size()];
        for (int i = 0; i < order.length; i++) {
            for (int axis = 0; axis < 3; axis++) {
                int at = i / cube.stride((axis + turned) % 3) % side;
                // about the origin at side / 2; index 0 has no mate and stays
                int mirrored = (mirrors >> axis & 1) == 0 ? at : (side - at) % side;
                order[i] += mirrored * cube.stride(axis);
            }
        }
        return new Orientation(order);
    }

    /** The values of one or more channels as seen this way. */
    float[] look(float[] values) {
        float[] seen = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            seen[i] = values[i - i % order.length + order[i % order.length]];
        }
        return seen;
    }

    /** What was seen this way as it is: undoes {@link #look}. */
    float[] back(float[] seen) {
        float[] values = new float[seen.length];
        for (int i = 0; i < seen.length; i++) {
            values[i - i % order.length + order[i % order.length]] = seen[i];
        }
        return values;
    }
}
