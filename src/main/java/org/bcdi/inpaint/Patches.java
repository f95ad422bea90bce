package org.bcdi.inpaint;

import org.bcdi.inpaint.Windows.Corner;
import org.bcdi.volume.Shape3;

/**
 * Cuts windows out of a volume as the network wants them: channel 0 the prefilled log counts, standardised by mean and
 * standard deviation of the window's measured voxels only; channel 1 the mask. Beyond the volume's border values repeat
 * and count as not measured.
 */
final class Patches {
    static final int VOXELS = Windows.SIDE * Windows.SIDE * Windows.SIDE;

    private final Gaps gaps;
    private final float[] prefilled;
    private final double deviationFloor;

    /** @param prefilled log(1 + counts), with the gaps filled by {@link LinearFill} */
    Patches(Gaps gaps, float[] prefilled, double deviationFloor) {
        this.gaps = gaps;
        this.prefilled = prefilled;
        this.deviationFloor = deviationFloor;
    }

    /** Scale of a patch: log value = mean + deviation * standardised value. */
    record Scale(double mean, double deviation) {}

    /** Writes the two channels of one window to {@code batch} from {@code offset} on. */
    Scale cut(Corner corner, float[] batch, int offset) {
        Shape3 shape = gaps.shape();
        int value = offset;
        for (int z = corner.z(); z < corner.z() + Windows.SIDE; z++) {
            for (int y = corner.y(); y < corner.y() + Windows.SIDE; y++) {
                boolean outside = z < 0 || z >= shape.nz() || y < 0 || y >= shape.ny();
                int row = shape.index(nearest(z, shape.nz()), nearest(y, shape.ny()), 0);
                for (int x = corner.x(); x < corner.x() + Windows.SIDE; x++) {
                    int voxel = row + nearest(x, shape.nx());
                    boolean hidden = outside || x < 0 || x >= shape.nx() || gaps.masked(voxel);
                    batch[value] = prefilled[voxel];
                    batch[value + VOXELS] = hidden ? 1 : 0;
                    value++;
                }
            }
        }
        Scale scale = scale(batch, offset);
        for (int i = offset; i < offset + VOXELS; i++) {
            batch[i] = (float) ((batch[i] - scale.mean()) / scale.deviation());
        }
        return scale;
    }

    private Scale scale(float[] batch, int offset) {
        double sum = 0;
        int visible = 0;
        for (int i = offset; i < offset + VOXELS; i++) {
            if (batch[i + VOXELS] == 0) {
                sum += batch[i];
                visible++;
            }
        }
        if (visible == 0) {
            return new Scale(0, 1);
        }
        double mean = sum / visible;
        double squares = 0;
        for (int i = offset; i < offset + VOXELS; i++) {
            if (batch[i + VOXELS] == 0) {
                squares += (batch[i] - mean) * (batch[i] - mean);
            }
        }
        return new Scale(mean, Math.max(Math.sqrt(squares / visible), deviationFloor));
    }

    private static int nearest(int place, int length) {
        return Math.max(0, Math.min(place, length - 1));
    }
}
