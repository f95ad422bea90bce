package org.bcdi.inpaint;

import org.bcdi.volume.Shape3;

/**
 * Cuts windows out of a volume as the network wants them, in {@value #CHANNELS} channels: log counts with gaps filled by
 * ridge; the mask; the same counts with gaps filled linearly; the Friedel mate; the trust in it. Counts are standardised
 * by mean and standard deviation of the window's measured voxels only. Beyond the volume's border values repeat and count
 * as not measured. Where there is no mate, it and the trust are 0.
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
    private final double deviationFloor;

    Patches(Clues clues, double deviationFloor) {
        this.clues = clues;
        this.gaps = clues.gaps();
        this.deviationFloor = deviationFloor;
    }

    /** Scale of a window: log value = mean + deviation * standardised value. */
    record Scale(double mean, double deviation) {
        /**
         * Of the measured values of a window alone; at work nobody knows the others. 0 and 1 if nothing is measured.
         *
         * @param batch from {@code offset} on {@code size} values, and behind them as many of the mask
         * @param floor below which no deviation is divided by
         */
        static Scale of(float[] batch, int offset, int size, double floor) {
            double sum = 0;
            int visible = 0;
            for (int i = offset; i < offset + size; i++) {
                if (batch[i + size] == 0) {
                    sum += batch[i];
                    visible++;
                }
            }
            if (visible == 0) {
                return new Scale(0, 1);
            }
            double mean = sum / visible;
            double squares = 0;
            for (int i = offset; i < offset + size; i++) {
                if (batch[i + size] == 0) {
                    squares += (batch[i] - mean) * (batch[i] - mean);
                }
            }
            return new Scale(mean, Math.max(Math.sqrt(squares / visible), floor));
        }

        float standardised(double value) {
            return (float) ((value - mean) / deviation);
        }
    }

    /** Writes the channels of one window to {@code batch} from {@code offset} on. */
    Scale cut(Window window, float[] batch, int offset) {
        Shape3 shape = gaps.shape();
        Shape3 sides = window.sides();
        int size = window.voxels();
        int value = offset;
        for (int z = window.z(); z < window.z() + sides.nz(); z++) {
            for (int y = window.y(); y < window.y() + sides.ny(); y++) {
                boolean outside = z < 0 || z >= shape.nz() || y < 0 || y >= shape.ny();
                int row = shape.index(nearest(z, shape.nz()), nearest(y, shape.ny()), 0);
                int mates = outside ? -1 : mirroredRow(z, y);
                for (int x = window.x(); x < window.x() + sides.nx(); x++) {
                    int voxel = row + nearest(x, shape.nx());
                    boolean beyond = outside || x < 0 || x >= shape.nx();
                    boolean masked = gaps.masked(voxel);
                    int mate = beyond || mates < 0 ? -1 : measuredMate(mates, x);
                    batch[value] = clues.ridge()[voxel];
                    batch[value + MASK * size] = beyond || masked ? 1 : 0;
                    batch[value + LINEAR * size] = masked ? clues.linear(gaps.firstFrom(voxel)) : batch[value];
                    batch[value + MATE * size] = mate < 0 ? 0 : clues.ridge()[mate];
                    batch[value + TRUST * size] = mate < 0 ? 0 : clues.mate().symmetry();
                    value++;
                }
            }
        }
        return standardise(batch, offset, size);
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

    private Scale standardise(float[] batch, int offset, int size) {
        Scale scale = Scale.of(batch, offset, size, deviationFloor);
        for (int i = offset; i < offset + size; i++) {
            batch[i] = scale.standardised(batch[i]);
            batch[i + LINEAR * size] = scale.standardised(batch[i + LINEAR * size]);
            boolean mated = batch[i + TRUST * size] > 0;
            batch[i + MATE * size] = mated ? scale.standardised(batch[i + MATE * size]) : 0;
        }
        return scale;
    }

    private static int nearest(int place, int length) {
        return Math.max(0, Math.min(place, length - 1));
    }
}
