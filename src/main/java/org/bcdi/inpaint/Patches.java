package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;

/**
 * Cuts windows out of a volume as the network wants them, in {@value #CHANNELS} channels: log counts with gaps filled by
 * ridge; the mask; the same counts with gaps filled linearly; the Friedel mate; the trust in it. Counts are standardised
 * voxel by voxel ({@link LocalScale}). Beyond the volume's border values repeat and count as not measured. Where there is no mate, it
 * and the trust are 0.
 */
final class Patches {
    /** Channels that go in. */
    static final int CHANNELS = 5;

    private static final int MASK = 1;
    private static final int LINEAR = 2;
    private static final int MATE = 3;
    private static final int TRUST = 4;

    private final Clues clues;
    private final Gaps gaps;
    private final LocalScale scale;

    Patches(Clues clues, double deviationFloor) {
        this.clues = clues;
        this.gaps = clues.gaps();
        this.scale = LocalScale.of(gaps, clues.ridge(), deviationFloor);
    }

    /** By which the windows are standardised. */
    LocalScale scale() {
        return scale;
    }

    /** Writes the channels of one window to {@code batch} from {@code offset} on. */
    void cut(Window window, float[] batch, int offset) {
        Slabs.parallel(window.sides().nz(), slab -> cut(window, slab, batch, offset));
    }

    private void cut(Window window, int slab, float[] batch, int offset) {
        Shape3 shape = gaps.shape();
        Shape3 sides = window.sides();
        int size = window.voxels();
        LocalScale.Row row = scale.row();
        int value = offset + sides.index(slab, 0, 0);
        int z = window.z() + slab;
        int nearZ = nearest(z, shape.nz());
        for (int y = window.y(); y < window.y() + sides.ny(); y++) {
            int nearY = nearest(y, shape.ny());
            boolean outside = nearZ != z || nearY != y;
            int start = shape.index(nearZ, nearY, 0);
            int mates = outside ? -1 : mirroredRow(z, y);
            row.moveTo(nearZ, nearY);
            for (int x = window.x(); x < window.x() + sides.nx(); x++) {
                int nearX = nearest(x, shape.nx());
                int voxel = start + nearX;
                boolean beyond = outside || nearX != x;
                boolean masked = gaps.masked(voxel);
                int mate = beyond || mates < 0 ? -1 : measuredMate(mates, x);
                float mean = row.mean(nearX);
                float deviation = row.deviation(nearX);
                batch[value] = (clues.ridge()[voxel] - mean) / deviation;
                batch[value + MASK * size] = beyond || masked ? 1 : 0;
                batch[value + LINEAR * size] =
                        masked ? (clues.linear(gaps.firstFrom(voxel)) - mean) / deviation : batch[value];
                batch[value + MATE * size] = mate < 0 ? 0 : (clues.ridge()[mate] - mean) / deviation;
                batch[value + TRUST * size] = mate < 0 ? 0 : clues.mate().symmetry();
                value++;
            }
        }
    }

    /** First voxel of the row that is the mirror image of a row, -1 where that is outside. */
    private int mirroredRow(int z, int y) {
        int mirrorZ = clues.mate().mirrored(z, 0);
        int mirrorY = clues.mate().mirrored(y, 1);
        return mirrorZ < 0 || mirrorY < 0 ? -1 : gaps.shape().index(mirrorZ, mirrorY, 0);
    }

    /** The mirror image of a voxel in the row of mirror images, -1 where it is outside or was not measured. */
    private int measuredMate(int row, int x) {
        int column = clues.mate().mirrored(x, 2);
        return column >= 0 && !gaps.masked(row + column) ? row + column : -1;
    }

    private static int nearest(int place, int length) {
        return Math.max(0, Math.min(place, length - 1));
    }
}
