package org.bcdi.inpaint;

import java.util.Arrays;
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
        BiharmonicSheet[] sheets = sheets(gaps);
        float[] mean = gaps.pick(log);
        for (int first = 0; first < frames; first += CHUNK) {
            monitor.advance((double) first / frames);
            int start = first;
            Slabs.parallel(Math.min(CHUNK, frames - first), i -> fill(gaps, log, start + i, sheets[start + i], mean));
        }
        return LogEstimate.unsure(mean);
    }

    /** Frames with the same gaps share one system of equations. */
    private static BiharmonicSheet[] sheets(Gaps gaps) {
        int size = gaps.shape().frameSize();
        BiharmonicSheet[] sheets = new BiharmonicSheet[gaps.shape().nz()];
        byte[] before = {};
        int empty = 0;
        for (int z = 0; z < sheets.length; z++) {
            byte[] mask = new byte[size];
            for (int i = 0; i < size; i++) {
                mask[i] = (byte) (gaps.masked(z * size + i) ? 1 : 0);
            }
            sheets[z] = Arrays.equals(mask, before)
                    ? sheets[z - 1]
                    : new BiharmonicSheet(mask, gaps.shape().ny(), gaps.shape().nx());
            before = mask;
            empty += sheets[z].unknowns() == size ? 1 : 0;
        }
        if (empty > 0) {
            LOG.warn("{} frames hold no data: they are filled by linear interpolation instead of biharmonic", empty);
        }
        return sheets;
    }

    private static void fill(Gaps gaps, float[] log, int z, BiharmonicSheet sheet, float[] mean) {
        int size = gaps.shape().frameSize();
        if (sheet.unknowns() == 0 || sheet.unknowns() == size) {
            return;
        }
        float[] frame = Arrays.copyOfRange(log, z * size, (z + 1) * size);
        double[] solution = sheet.solve(frame);
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
