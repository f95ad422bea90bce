package org.bcdi.inpaint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.Network;
import org.bcdi.model.Networks;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * Fills the gaps of single frames, for a first look while a scan is being taken: it knows neither the neighbouring frames
 * nor how sure it is. Windows of 128x128 pixels around the gaps, half overlapping and blended, corrected by a network from
 * a linear fill. Safe for one thread at a time.
 */
public final class FrameFill implements FrameFiller {
    private static final String MODEL = "inpaint-frame128";
    private static final int SIDE = 128;
    private static final int PIXELS = SIDE * SIDE;
    private static final int STRIDE = SIDE / 2;
    private static final int BATCH = 8;

    private final Network network;

    private FrameFill(Network network) {
        this.network = network;
    }

    /** @throws org.bcdi.task.InputException when the shipped network is absent or damaged */
    public static FrameFill open(ExecutionProvider provider, int gpu) {
        return new FrameFill(Networks.open(Path.of(MODEL), provider, gpu));
    }

    @Override
    public float[][] fill(float[][] counts) {
        Shape3 shape = new Shape3(1, counts.length, counts[0].length);
        Gaps gaps = Gaps.of(gapsOf(counts, shape));
        float[] log = gaps.logOf(new Volume(shape, flat(counts, shape)));
        LinearFill.fill(gaps, log);
        double[] sums = new double[log.length];
        double[] weights = new double[log.length];
        List<int[]> corners = corners(gaps);
        for (int first = 0; first < corners.size(); first += BATCH) {
            run(corners.subList(first, Math.min(first + BATCH, corners.size())), gaps, log, sums, weights);
        }
        float[][] filled = new float[counts.length][];
        for (int y = 0; y < filled.length; y++) {
            filled[y] = counts[y].clone();
            for (int x = 0; x < filled[y].length; x++) {
                int pixel = shape.index(0, y, x);
                if (gaps.masked(pixel)) {
                    double rate = weights[pixel] > 0 ? sums[pixel] / weights[pixel] : log[pixel];
                    filled[y][x] = (float) Math.expm1(Math.max(0, rate));
                }
            }
        }
        return filled;
    }

    private void run(List<int[]> corners, Gaps gaps, float[] log, double[] sums, double[] weights) {
        float[] batch = new float[corners.size() * 2 * PIXELS];
        List<Scale> scales = new ArrayList<>();
        for (int i = 0; i < corners.size(); i++) {
            scales.add(cut(corners.get(i), gaps, log, batch, i * 2 * PIXELS));
        }
        float[] result = network.run(batch, corners.size());
        for (int i = 0; i < corners.size(); i++) {
            blend(corners.get(i), scales.get(i), gaps.shape(), result, i * PIXELS, sums, weights);
        }
    }

    /** First corners (y, x) of the windows that see a gap; the last ones touch the border, and a smaller frame lies in the middle of its window. */
    private static List<int[]> corners(Gaps gaps) {
        List<int[]> corners = new ArrayList<>();
        for (int y : starts(gaps.shape().ny())) {
            for (int x : starts(gaps.shape().nx())) {
                if (sees(gaps, y, x)) {
                    corners.add(new int[] {y, x});
                }
            }
        }
        return corners;
    }

    private static List<Integer> starts(int length) {
        List<Integer> starts = new ArrayList<>();
        if (length < SIDE) {
            return List.of(-((SIDE - length) / 2));
        }
        for (int start = 0; start < length - SIDE; start += STRIDE) {
            starts.add(start);
        }
        starts.add(length - SIDE);
        return starts;
    }

    private static boolean sees(Gaps gaps, int top, int left) {
        Shape3 shape = gaps.shape();
        for (int y = Math.max(top, 0); y < Math.min(top + SIDE, shape.ny()); y++) {
            int from = gaps.firstFrom(shape.index(0, y, Math.max(left, 0)));
            int end = shape.index(0, y, Math.min(left + SIDE, shape.nx()) - 1);
            if (from < gaps.count() && gaps.voxel(from) <= end) {
                return true;
            }
        }
        return false;
    }

    /** Beyond the frame its edge values repeat, and count as not measured. */
    private Scale cut(int[] corner, Gaps gaps, float[] log, float[] batch, int offset) {
        Shape3 shape = gaps.shape();
        for (int i = 0; i < PIXELS; i++) {
            int y = corner[0] + i / SIDE;
            int x = corner[1] + i % SIDE;
            int nearY = Math.max(0, Math.min(y, shape.ny() - 1));
            int nearX = Math.max(0, Math.min(x, shape.nx() - 1));
            int pixel = shape.index(0, nearY, nearX);
            batch[offset + i] = log[pixel];
            batch[offset + PIXELS + i] = nearY != y || nearX != x || gaps.masked(pixel) ? 1 : 0;
        }
        Scale scale =
                Scale.of(batch, offset, PIXELS, network.card().normalisation().deviationFloor());
        for (int i = offset; i < offset + PIXELS; i++) {
            batch[i] = scale.standardised(batch[i]);
        }
        return scale;
    }

    /** Weighs each window by its distance from its border, along y times along x. */
    private static void blend(
            int[] corner, Scale scale, Shape3 shape, float[] result, int offset, double[] sums, double[] weights) {
        for (int row = Math.max(0, -corner[0]); row < Math.min(SIDE, shape.ny() - corner[0]); row++) {
            for (int column = Math.max(0, -corner[1]); column < Math.min(SIDE, shape.nx() - corner[1]); column++) {
                double weight = (double) Math.min(row + 1, SIDE - row) * Math.min(column + 1, SIDE - column);
                int pixel = shape.index(0, corner[0] + row, corner[1] + column);
                sums[pixel] += weight * (scale.mean() + scale.deviation() * result[offset + row * SIDE + column]);
                weights[pixel] += weight;
            }
        }
    }

    private static Mask gapsOf(float[][] counts, Shape3 shape) {
        byte[] mask = new byte[shape.size()];
        for (int pixel = 0; pixel < mask.length; pixel++) {
            mask[pixel] = (byte) (Float.isNaN(counts[pixel / shape.nx()][pixel % shape.nx()]) ? 1 : 0);
        }
        return new Mask(shape, mask);
    }

    private static float[] flat(float[][] counts, Shape3 shape) {
        float[] values = new float[shape.size()];
        for (int y = 0; y < counts.length; y++) {
            System.arraycopy(counts[y], 0, values, y * shape.nx(), shape.nx());
        }
        return values;
    }

    @Override
    public void close() {
        network.close();
    }
}
