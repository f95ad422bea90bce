package org.bcdi.phase;

import java.util.List;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;

/**
 * The mean of the best reconstructions of several starts: what differs from start to start averages out, what the data say
 * stays. Starts that found something else than the best one are left out, so a single good start among bad ones stands alone.
 *
 * @param object mean of the aligned objects, 0 outside the support
 * @param support where at least half of them have theirs
 * @param averaged number of starts in the mean
 */
record Consensus(ComplexVolume object, Mask support, int averaged) {
    /** Complex correlation with the best start from which on another is taken to be the same object. */
    private static final double SAME = 0.8;

    /**
     * @param best in standard position, the best one first
     * @param most starts that may be averaged, from 1
     */
    static Consensus of(List<Standard> best, int most) {
        Standard first = best.get(0);
        Shape3 shape = first.support().shape();
        float[] sum = first.object().data().clone();
        int[] votes = new int[shape.size()];
        vote(votes, first.support());
        int averaged = 1;
        for (Standard other : best.subList(1, Math.min(most, best.size()))) {
            Alignment alignment = Alignment.of(first.object(), other.object());
            ComplexVolume moved = alignment.apply(other.object());
            Mask support = alignment.apply(other.support());
            if (Agreement.of(first.object(), first.support(), moved, support).correlation() >= SAME) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += moved.data()[i];
                }
                vote(votes, support);
                averaged++;
            }
        }
        byte[] inside = new byte[votes.length];
        for (int i = 0; i < votes.length; i++) {
            inside[i] = (byte) (2 * votes[i] >= averaged ? 1 : 0);
            sum[2 * i] *= inside[i] / (float) averaged;
            sum[2 * i + 1] *= inside[i] / (float) averaged;
        }
        return new Consensus(new ComplexVolume(shape, sum), new Mask(shape, inside), averaged);
    }

    private static void vote(int[] votes, Mask support) {
        for (int i = 0; i < votes.length; i++) {
            votes[i] += support.masked(i) ? 1 : 0;
        }
    }
}
