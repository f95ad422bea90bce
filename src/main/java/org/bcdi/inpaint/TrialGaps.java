package org.bcdi.inpaint;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * Gaps for trial, laid over what was measured: the narrow gaps of the scan moved to both sides along each axis by their
 * commonest thickness and {@value #AWAY} voxels. Filling them shows how far a filler can be trusted on this very scan.
 */
final class TrialGaps {
    private static final int AWAY = 6;
    /** Windows spent on the trial. */
    private static final int MOST = 16;

    private TrialGaps() {}

    /**
     * The gaps for trial; none where the copies would lie outside or on other gaps.
     *
     * @param gaps of the scan
     * @param narrow those of them to be tried
     */
    static Gaps beside(Gaps gaps, Gaps narrow) {
        Shape3 shape = gaps.shape();
        byte[] trial = new byte[shape.size()];
        for (int axis = 0; axis < 3; axis++) {
            int thickness = commonestRun(narrow, axis);
            if (thickness > 0) {
                move(narrow, axis, thickness + AWAY, trial);
                move(narrow, axis, -thickness - AWAY, trial);
            }
        }
        for (int number = 0; number < gaps.count(); number++) {
            trial[gaps.voxel(number)] = 0;
        }
        return Gaps.of(shape, trial);
    }

    /** The windows with the most light in their gaps, in the order given. */
    static List<Window> brightest(List<Window> windows, Gaps trial, Volume counts) {
        double[] light = windows.stream()
                .mapToDouble(window -> light(window, trial, counts))
                .toArray();
        return IntStream.range(0, light.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -light[i]))
                .limit(MOST)
                .sorted()
                .map(windows::get)
                .toList();
    }

    private static double light(Window window, Gaps trial, Volume counts) {
        Shape3 shape = trial.shape();
        int left = Math.max(0, window.x());
        int end = Math.min(shape.nx(), window.x() + window.sides().nx());
        double sum = 0;
        for (int z = Math.max(0, window.z());
                z < Math.min(shape.nz(), window.z() + window.sides().nz());
                z++) {
            for (int y = Math.max(0, window.y());
                    y < Math.min(shape.ny(), window.y() + window.sides().ny());
                    y++) {
                int row = shape.index(z, y, 0);
                for (int gap = trial.firstFrom(row + left);
                        gap < trial.count() && trial.voxel(gap) < row + end;
                        gap++) {
                    sum += Math.log1p(counts.data()[trial.voxel(gap)]);
                }
            }
        }
        return sum;
    }

    /** Of the runs of gap voxels along an axis, not at the border and not too thick, the commonest length, the shorter of two; 0 if there is none. */
    static int commonestRun(Gaps gaps, int axis) {
        Shape3 shape = gaps.shape();
        int stride = shape.stride(axis);
        int length = shape.length(axis);
        int[] found = new int[WideGaps.NARROW + 1];
        Lines.inTurn(shape, axis, start -> {
            int begin = gaps.masked(start) ? -1 : 0;
            for (int place = 1; place < length; place++) {
                boolean before = gaps.masked(start + (place - 1) * stride);
                boolean here = gaps.masked(start + place * stride);
                if (here && !before) {
                    begin = place;
                } else if (before && !here) {
                    if (begin > 0 && place - begin <= WideGaps.NARROW) {
                        found[place - begin]++;
                    }
                    begin = -1;
                }
            }
        });
        int most = 0;
        for (int run = 1; run <= WideGaps.NARROW; run++) {
            most = found[run] > found[most] ? run : most;
        }
        return most;
    }

    private static void move(Gaps gaps, int axis, int step, byte[] trial) {
        Shape3 shape = gaps.shape();
        int stride = shape.stride(axis);
        int length = shape.length(axis);
        for (int number = 0; number < gaps.count(); number++) {
            int voxel = gaps.voxel(number);
            int place = voxel / stride % length + step;
            if (place >= 0 && place < length) {
                trial[voxel + step * stride] = 1;
            }
        }
    }
}
