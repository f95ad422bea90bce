package org.bcdi.inpaint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Slabs;

/**
 * Fills each frame by itself with the smoothest sheet through the measured pixels: the biharmonic equation (Damelin &amp;
 * Hoang 2018, doi 10.1155/2018/3950312), as scikit-image's {@code inpaint_biharmonic} does, on log counts and held between
 * the smallest and the largest of the frame. A frame without any data is interpolated along the scan.
 */
final class BiharmonicFill {
    private static final Logger LOG = LogManager.getLogger(BiharmonicFill.class);
    /** Frames between two looks at the monitor. */
    private static final int CHUNK = 16;

    private BiharmonicFill() {}

    static LogEstimate estimate(Gaps gaps, float[] log, Monitor monitor) {
        LinearFill.fill(gaps, log);
        int frames = gaps.shape().nz();
        List<Optional<BiharmonicSheet>> sheets = sheets(gaps);
        float[] mean = gaps.pick(log);
        for (int first = 0; first < frames; first += CHUNK) {
            monitor.advance((double) first / frames);
            int start = first;
            Slabs.parallel(
                    Math.min(CHUNK, frames - first), i -> fill(gaps, log, start + i, sheets.get(start + i), mean));
        }
        return LogEstimate.unsure(mean);
    }

    /** One for each frame that has gaps and data; frames with the same gaps share one system of equations. */
    private static List<Optional<BiharmonicSheet>> sheets(Gaps gaps) {
        int size = gaps.shape().frameSize();
        List<Optional<BiharmonicSheet>> sheets = new ArrayList<>();
        Optional<BiharmonicSheet> sheet = Optional.empty();
        byte[] before = {};
        int empty = 0;
        for (int z = 0; z < gaps.shape().nz(); z++) {
            byte[] mask = new byte[size];
            int unknowns = 0;
            for (int i = 0; i < size; i++) {
                mask[i] = (byte) (gaps.masked(z * size + i) ? 1 : 0);
                unknowns += mask[i];
            }
            if (!Arrays.equals(mask, before)) {
                boolean solvable = unknowns > 0 && unknowns < size;
                sheet = solvable
                        ? Optional.of(new BiharmonicSheet(
                                mask, gaps.shape().ny(), gaps.shape().nx()))
                        : Optional.empty();
            }
            sheets.add(sheet);
            before = mask;
            empty += unknowns == size ? 1 : 0;
        }
        if (empty > 0) {
            LOG.warn("{} frames hold no data: they are filled by linear interpolation instead of biharmonic", empty);
        }
        return sheets;
    }

    private static void fill(Gaps gaps, float[] log, int z, Optional<BiharmonicSheet> sheet, float[] mean) {
        if (sheet.isEmpty()) {
            return;
        }
        int size = gaps.shape().frameSize();
        float[] frame = Arrays.copyOfRange(log, z * size, (z + 1) * size);
        double[] solution = sheet.get().solve(frame);
        System.arraycopy(toFloat(solution), 0, mean, gaps.firstFrom(z * size), solution.length);
    }

    private static float[] toFloat(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
