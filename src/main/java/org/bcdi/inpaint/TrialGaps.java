package org.bcdi.inpaint;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Slabs;
import org.bcdi.volume.Volume;

/**
 * Gaps for trial, laid over what was measured: the narrow gaps of the scan moved to both sides along each axis by their
 * commonest thickness and {@value #AWAY} voxels. Filling them shows how far a filler can be trusted on this very scan.
 */
final class TrialGaps {
    private static final int AWAY = 6;
    /** Windows spent on the trial. */
    private static final int MOST = 12;

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
        double[] logs = new double[trial.count()];
        trial.parallel(gap -> {
            float count = counts.data()[trial.voxel(gap)];
            logs[gap] = count > 0 ? Math.log1p(count) : 0;
        });
        double[] light = new double[windows.size()];
        Slabs.parallel(light.length, i -> light[i] = light(windows.get(i), trial, logs));
        return IntStream.range(0, light.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -light[i]))
                .limit(MOST)
                .sorted()
                .map(windows::get)
                .toList();
    }

    private static double light(Window window, Gaps trial, double[] logs) {
        double[] sum = new double[1];
        window.rows(trial.shape(), (z, y, first, end) -> {
            int row = trial.shape().index(z, y, 0);
            for (int gap = trial.firstFrom(row + first); gap < trial.count() && trial.voxel(gap) < row + end; gap++) {
                sum[0] += logs[gap];
            }
        });
        return sum[0];
    }

    /** Of the runs of gap voxels along an axis, not at the border and not too thick, the commonest length, the shorter of two; 0 if there is none. */
    static int commonestRun(Gaps gaps, int axis) {
        Shape3 shape = gaps.shape();
        int stride = shape.stride(axis);
        int length = shape.length(axis);
        int[] found = new int[WideGaps.NARROW + 1];
        for (int number = 0; number < gaps.count(); number++) {
            int voxel = gaps.voxel(number);
            int begin = voxel / stride % length;
            if (begin > 0 && !gaps.masked(voxel - stride)) {
                int end = begin + 1;
                while (end < length && end - begin <= WideGaps.NARROW && gaps.masked(voxel + (end - begin) * stride)) {
                    end++;
                }
                if (end < length && end - begin <= WideGaps.NARROW) {
                    found[end - begin]++;
                }
            }
        }
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
