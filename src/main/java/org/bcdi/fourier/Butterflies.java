package org.bcdi.fourier;

/**
 * Those transforms of two to five numbers of each lane, within one pass of a {@link LaneTransform}, that have their twiddles in
 * common: each output but the first is multiplied by one.
 */
final class Butterflies {
    private static final float SIN_60 = (float) Math.sin(Math.PI / 3);
    private static final float COS_72 = (float) Math.cos(2 * Math.PI / 5);
    private static final float SIN_72 = (float) Math.sin(2 * Math.PI / 5);
    private static final float COS_144 = (float) Math.cos(4 * Math.PI / 5);
    private static final float SIN_144 = (float) Math.sin(4 * Math.PI / 5);

    private final Lanes lanes;
    /** Scratch. */
    private final float[][] s;

    private final int count;
    private final int stride;
    private final int step;
    private final int twiddle;
    private final float[] turns;

    /**
     * @param count of the lanes
     * @param stride of the outputs, and how many of these transforms there are
     * @param groups of such transforms in the pass
     * @param twiddle number of the first of the lines that are looked at; 0 where all twiddles are 1
     * @param turns the twiddles, pairs (re, im)
     */
    Butterflies(Lanes lanes, int count, int stride, int groups, int twiddle, float[] turns) {
        this.lanes = lanes;
        this.s = lanes.spare;
        this.count = count;
        this.stride = stride;
        this.step = stride * groups;
        this.twiddle = twiddle;
        this.turns = turns;
    }

    void all(int factor) {
        for (int q = 0; q < stride; q++) {
            int first = twiddle + q;
            int place = factor * twiddle + q;
            switch (factor) {
                case 2 -> two(first, place);
                case 3 -> three(first, place);
                case 4 -> four(first, place);
                default -> five(first, place);
            }
        }
    }

    void two(int first, int place) {
        if (twiddle == 0) {
            LaneLoops.sumAndDifference(
                    lanes.toRe[place], lanes.toRe[place + stride], re(first, 0), re(first, 1), count);
            LaneLoops.sumAndDifference(
                    lanes.toIm[place], lanes.toIm[place + stride], im(first, 0), im(first, 1), count);
            return;
        }
        LaneLoops.sumAndDifference(lanes.toRe[place], s[0], re(first, 0), re(first, 1), count);
        LaneLoops.sumAndDifference(lanes.toIm[place], s[1], im(first, 0), im(first, 1), count);
        turned(place, 1, 0);
    }

    void three(int first, int place) {
        LaneLoops.sum(s[0], re(first, 1), re(first, 2), count);
        LaneLoops.sum(s[1], im(first, 1), im(first, 2), count);
        LaneLoops.difference(s[2], SIN_60, re(first, 1), re(first, 2), count);
        LaneLoops.difference(s[3], SIN_60, im(first, 1), im(first, 2), count);
        LaneLoops.sum(lanes.toRe[place], re(first, 0), s[0], count);
        LaneLoops.sum(lanes.toIm[place], im(first, 0), s[1], count);
        LaneLoops.weighted(s[4], 1, re(first, 0), -0.5f, s[0], count);
        LaneLoops.weighted(s[5], 1, im(first, 0), -0.5f, s[1], count);
        minusI(place, 1, 4, 2);
        plusI(place, 2, 4, 2);
    }

    void four(int first, int place) {
        LaneLoops.sumAndDifference(s[0], s[2], re(first, 0), re(first, 2), count);
        LaneLoops.sumAndDifference(s[1], s[3], im(first, 0), im(first, 2), count);
        LaneLoops.sumAndDifference(s[4], s[6], re(first, 1), re(first, 3), count);
        LaneLoops.sumAndDifference(s[5], s[7], im(first, 1), im(first, 3), count);
        if (twiddle == 0) {
            fourUnturned(place);
            return;
        }
        LaneLoops.sumAndDifference(lanes.toRe[place], s[8], s[0], s[4], count);
        LaneLoops.sumAndDifference(lanes.toIm[place], s[9], s[1], s[5], count);
        minusI(place, 1, 2, 6);
        turned(place, 2, 8);
        plusI(place, 3, 2, 6);
    }

    private void fourUnturned(int place) {
        float[][] re = lanes.toRe;
        float[][] im = lanes.toIm;
        LaneLoops.sumAndDifference(re[place], re[place + 2 * stride], s[0], s[4], count);
        LaneLoops.sumAndDifference(im[place], im[place + 2 * stride], s[1], s[5], count);
        LaneLoops.sumAndDifference(re[place + stride], re[place + 3 * stride], s[2], s[7], count);
        LaneLoops.sumAndDifference(im[place + 3 * stride], im[place + stride], s[3], s[6], count);
    }

    void five(int first, int place) {
        LaneLoops.sumAndDifference(s[0], s[4], re(first, 1), re(first, 4), count);
        LaneLoops.sumAndDifference(s[1], s[5], im(first, 1), im(first, 4), count);
        LaneLoops.sumAndDifference(s[2], s[6], re(first, 2), re(first, 3), count);
        LaneLoops.sumAndDifference(s[3], s[7], im(first, 2), im(first, 3), count);
        LaneLoops.weighted(lanes.toRe[place], re(first, 0), 1, s[0], 1, s[2], count);
        LaneLoops.weighted(lanes.toIm[place], im(first, 0), 1, s[1], 1, s[3], count);
        pair(first, place, 1, COS_72, COS_144, SIN_72, SIN_144);
        pair(first, place, 2, COS_144, COS_72, SIN_144, -SIN_72);
    }

    /** Outputs k and 5 - k, from sums in the first four spare arrays and differences in the next four. */
    private void pair(int first, int place, int k, float cosNear, float cosFar, float sinNear, float sinFar) {
        LaneLoops.weighted(s[8], re(first, 0), cosNear, s[0], cosFar, s[2], count);
        LaneLoops.weighted(s[9], im(first, 0), cosNear, s[1], cosFar, s[3], count);
        LaneLoops.weighted(s[10], sinNear, s[4], sinFar, s[6], count);
        LaneLoops.weighted(s[11], sinNear, s[5], sinFar, s[7], count);
        minusI(place, k, 8, 10);
        plusI(place, 5 - k, 8, 10);
    }

    /** Output k: the numbers in scratch {@code a} minus i times those in {@code b}, turned. */
    private void minusI(int place, int k, int a, int b) {
        float[] toRe = lanes.toRe[place + k * stride];
        float[] toIm = lanes.toIm[place + k * stride];
        LaneLoops.turnedMinusI(toRe, toIm, s[a], s[a + 1], s[b], s[b + 1], turns[2 * k], turns[2 * k + 1], count);
    }

    private void plusI(int place, int k, int a, int b) {
        float[] toRe = lanes.toRe[place + k * stride];
        float[] toIm = lanes.toIm[place + k * stride];
        LaneLoops.turnedMinusI(toIm, toRe, s[a + 1], s[a], s[b + 1], s[b], turns[2 * k], -turns[2 * k + 1], count);
    }

    /** Output k: the numbers in scratch {@code a}, turned. */
    private void turned(int place, int k, int a) {
        float[] toRe = lanes.toRe[place + k * stride];
        float[] toIm = lanes.toIm[place + k * stride];
        LaneLoops.turned(toRe, toIm, s[a], s[a + 1], turns[2 * k], turns[2 * k + 1], count);
    }

    private float[] re(int first, int k) {
        return lanes.re[first + k * step];
    }

    private float[] im(int first, int k) {
        return lanes.im[first + k * step];
    }
}
