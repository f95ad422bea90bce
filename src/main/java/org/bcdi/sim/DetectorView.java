package org.bcdi.sim;

import org.bcdi.mask.FrameMask;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Volume;

/**
 * A rocking curve placed on a detector: frames of the detector's size, the pattern in one region of them, no counts in the
 * gaps and around the pattern.
 */
public final class DetectorView {
    private final Volume counts;
    private final FrameMask gaps;
    private final Roi pattern;

    private DetectorView(Volume counts, FrameMask gaps, Roi pattern) {
        this.counts = counts;
        this.gaps = gaps;
        this.pattern = pattern;
    }

    /**
     * Places the Bragg peak (the brightest voxel) near a gap: {@code distance} pixels from the nearest gap pixel, along rows
     * or columns whichever is more, or as near to that as the frame allows; of all such places the one nearest to the
     * frame's centre. Without gaps the pattern is centred.
     *
     * @param counts photons, shape (nz, ny, nx)
     * @param gaps of the detector's whole frame
     * @param distance in pixels; 0 puts the peak into the gap
     * @throws InputException when the pattern is larger than the frame
     */
    public static DetectorView nearGap(Volume counts, FrameMask gaps, int distance) {
        int freeRows = gaps.height() - counts.shape().ny();
        int freeColumns = gaps.width() - counts.shape().nx();
        if (freeRows < 0 || freeColumns < 0) {
            throw new InputException(
                    "A pattern of " + counts.shape().ny() + "x" + counts.shape().nx()
                            + " pixels does not fit on a detector of " + gaps.height() + "x" + gaps.width()
                            + "; give a smaller shape or a larger detector.");
        }
        int peak = brightest(counts) % counts.shape().frameSize();
        int peakRow = peak / counts.shape().nx();
        int peakColumn = peak % counts.shape().nx();
        int[] toGap = distanceToGap(gaps);
        int bestRow = freeRows / 2;
        int bestColumn = freeColumns / 2;
        long best = Long.MAX_VALUE;
        for (int row = 0; row <= freeRows; row++) {
            for (int column = 0; column <= freeColumns; column++) {
                long miss = Math.abs(toGap[(row + peakRow) * gaps.width() + column + peakColumn] - distance);
                long offCentre = square(2L * row - freeRows) + square(2L * column - freeColumns);
                if ((miss << 40) + offCentre < best) {
                    best = (miss << 40) + offCentre;
                    bestRow = row;
                    bestColumn = column;
                }
            }
        }
        Roi pattern = new Roi(
                bestRow,
                bestRow + counts.shape().ny(),
                bestColumn,
                bestColumn + counts.shape().nx());
        return new DetectorView(counts, gaps, pattern);
    }

    /** Number of frames. */
    public int frames() {
        return counts.shape().nz();
    }

    /** Where on the detector the pattern lies. */
    public Roi pattern() {
        return pattern;
    }

    public FrameMask gaps() {
        return gaps;
    }

    /** One frame of the detector, row by row; 0 in the gaps. */
    public float[] frame(int step) {
        float[] frame = new float[gaps.height() * gaps.width()];
        for (int row = 0; row < pattern.height(); row++) {
            int to = (pattern.y0() + row) * gaps.width() + pattern.x0();
            System.arraycopy(counts.data(), counts.shape().index(step, row, 0), frame, to, pattern.width());
        }
        for (int i = 0; i < frame.length; i++) {
            if (gaps.data()[i] != 0) {
                frame[i] = 0;
            }
        }
        return frame;
    }

    private static int brightest(Volume volume) {
        int brightest = 0;
        for (int i = 1; i < volume.shape().size(); i++) {
            if (volume.data()[i] > volume.data()[brightest]) {
                brightest = i;
            }
        }
        return brightest;
    }

    /** Chessboard distance of every pixel to the nearest gap pixel, in two sweeps; the same everywhere without gaps. */
    private static int[] distanceToGap(FrameMask gaps) {
        int far = gaps.height() + gaps.width();
        int[] distance = new int[gaps.height() * gaps.width()];
        for (int i = 0; i < distance.length; i++) {
            distance[i] = gaps.data()[i] != 0 ? 0 : far;
        }
        for (int i = 0; i < distance.length; i++) {
            relax(distance, gaps, i, -1);
        }
        for (int i = distance.length - 1; i >= 0; i--) {
            relax(distance, gaps, i, 1);
        }
        return distance;
    }

    /** Looks at the four neighbours that the sweep has passed: the one beside (direction) and the three of the last row. */
    private static void relax(int[] distance, FrameMask gaps, int i, int direction) {
        int row = i / gaps.width();
        int column = i % gaps.width();
        nearer(distance, gaps, i, row, column + direction);
        for (int side = -1; side <= 1; side++) {
            nearer(distance, gaps, i, row + direction, column + side);
        }
    }

    private static void nearer(int[] distance, FrameMask gaps, int i, int row, int column) {
        if (row >= 0 && row < gaps.height() && column >= 0 && column < gaps.width()) {
            distance[i] = Math.min(distance[i], distance[row * gaps.width() + column] + 1);
        }
    }

    private static long square(long value) {
        return value * value;
    }
}
