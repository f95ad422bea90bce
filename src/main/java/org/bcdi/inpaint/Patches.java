package org.bcdi.inpaint;

import org.bcdi.inpaint.Windows.Corner;
import org.bcdi.volume.Shape3;

/**
 * Cuts windows out of a volume as the network wants them, in {@value #CHANNELS} channels: log counts with gaps filled by
 * ridge; the mask; the same counts with gaps filled linearly; the Friedel mate; the trust in it. Counts are standardised
 * by mean and standard deviation of the window's measured voxels only. Beyond the volume's border values repeat and count
 * as not measured. Where there is no mate, it and the trust are 0.
 */
final class Patches {
    static final int VOXELS = Windows.SIDE * Windows.SIDE * Windows.SIDE;

    /** Channels that go in. */
    static final int CHANNELS = 5;

    private static final int MASK = VOXELS;
    private static final int LINEAR = 2 * VOXELS;
    private static final int MATE = 3 * VOXELS;
    private static final int TRUST = 4 * VOXELS;

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
    Scale cut(Corner corner, float[] batch, int offset) {
        Shape3 shape = gaps.shape();
        int value = offset;
        for (int z = corner.z(); z < corner.z() + Windows.SIDE; z++) {
            for (int y = corner.y(); y < corner.y() + Windows.SIDE; y++) {
                boolean outside = z < 0 || z >= shape.nz() || y < 0 || y >= shape.ny();
                int row = shape.index(nearest(z, shape.nz()), nearest(y, shape.ny()), 0);
                int mates = outside ? -1 : mirroredRow(z, y);
                for (int x = corner.x(); x < corner.x() + Windows.SIDE; x++) {
                    int voxel = row + nearest(x, shape.nx());
                    boolean beyond = outside || x < 0 || x >= shape.nx();
                    boolean masked = gaps.masked(voxel);
                    batch[value] = clues.ridge()[voxel];
                    batch[value + MASK] = beyond || masked ? 1 : 0;
                    batch[value + LINEAR] = masked ? clues.linear(gaps.firstFrom(voxel)) : batch[value];
                    mate(beyond || mates < 0 ? -1 : mates, x, batch, value);
                    value++;
                }
            }
        }
        return standardise(batch, offset);
    }

    /** First voxel of the row that is the mirror image of a row, -1 where that is outside. */
    private int mirroredRow(int z, int y) {
        int mirrorZ = clues.mate().mirrored(z, 0);
        int mirrorY = clues.mate().mirrored(y, 1);
        return mirrorZ < 0 || mirrorY < 0 ? -1 : gaps.shape().index(mirrorZ, mirrorY, 0);
    }

    private void mate(int row, int x, float[] batch, int value) {
        int column = row < 0 ? -1 : clues.mate().mirrored(x, 2);
        boolean measured = column >= 0 && !gaps.masked(row + column);
        batch[value + MATE] = measured ? clues.ridge()[row + column] : 0;
        batch[value + TRUST] = measured ? clues.mate().symmetry() : 0;
    }

    private Scale standardise(float[] batch, int offset) {
        Scale scale = Scale.of(batch, offset, VOXELS, deviationFloor);
        for (int i = offset; i < offset + VOXELS; i++) {
            batch[i] = scale.standardised(batch[i]);
            batch[i + LINEAR] = scale.standardised(batch[i + LINEAR]);
            if (batch[i + TRUST] > 0) {
                batch[i + MATE] = scale.standardised(batch[i + MATE]);
            } else {
                batch[i + MATE] = 0;
            }
        }
        return scale;
    }

    private static int nearest(int place, int length) {
        return Math.max(0, Math.min(place, length - 1));
    }
}
