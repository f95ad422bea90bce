package org.bcdi.inpaint;

import java.util.Arrays;
import java.util.List;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Volume;

/** What the network is told of a volume: two fills of its gaps and the Friedel mates. */
final class Clues {
    private final Gaps gaps;
    private final float[] ridge;
    private final float[] linear;
    private final FriedelMate mate;

    private Clues(Gaps gaps, float[] ridge, float[] linear, FriedelMate mate) {
        this.gaps = gaps;
        this.ridge = ridge;
        this.linear = linear;
        this.mate = mate;
    }

    /** Takes a second or a few; needs one volume of floats and, for a while, two of bytes. */
    static Clues of(Gaps gaps, Volume counts, Monitor monitor) {
        float[] log = gaps.logOf(counts);
        return with(RidgeFill.estimate(gaps, log, monitor), gaps, log);
    }

    /** The same as far as windows show it: what the network is not shown of the gaps is filled linearly. */
    static Clues within(List<Window> windows, Gaps gaps, Volume counts) {
        byte[] shown = new byte[gaps.shape().size()];
        for (Window window : windows) {
            window.rows(gaps.shape(), (z, y, first, end) -> {
                int row = gaps.shape().index(z, y, 0);
                Arrays.fill(shown, row + first, row + end, (byte) 1);
            });
        }
        float[] log = gaps.logOf(counts);
        LogEstimate estimate = RidgeFill.estimateWhere(voxel -> shown[voxel] != 0, gaps, log);
        return with(estimate, gaps, log);
    }

    /** @param log its gaps filled linearly, those of the new object by the estimate */
    private static Clues with(LogEstimate estimate, Gaps gaps, float[] log) {
        float[] linear = gaps.pick(log);
        estimate.writeTo(gaps, log);
        return new Clues(gaps, log, linear, FriedelMate.find(gaps, log));
    }

    Gaps gaps() {
        return gaps;
    }

    /** log(1 + counts) of the volume, the gaps filled by {@link RidgeFill}. */
    float[] ridge() {
        return ridge;
    }

    /** What {@link LinearFill} makes of a gap voxel, by its number. */
    float linear(int number) {
        return linear[number];
    }

    FriedelMate mate() {
        return mate;
    }
}
