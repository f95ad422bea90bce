package org.bcdi.stack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.detector.FrameBlock;
import org.bcdi.detector.PixelType;
import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * Collects the frames of one scan and makes a rocking curve of them. Frames may come in any order and more than once; the
 * last one counts. Counts are kept as float32, exact up to 2^24. One thread at a time; memory is taken when the builder is
 * made and checked against the budget before.
 */
public final class StackBuilder {
    private static final Logger LOG = LogManager.getLogger(StackBuilder.class);
    private static final float EXACT = 1 << 24;
    /** No detector marks a larger part of its pixels by negative numbers. */
    private static final double MOST_NEGATIVE = 0.2;

    private final StackSettings settings;
    private final Roi kept;
    private final int frameSize;
    private final BitSet received = new BitSet();
    private final BitSet declaredMissing = new BitSet();

    /** Frame after frame of the kept part, NaN where a pixel measured nothing; replaced when an endless scan grows. */
    private float[] counts;

    private int capacity;
    private boolean warnedOfRounding;

    /** Of the pixels kept, gaps apart. */
    private long negative;

    /**
     * Prepares a stack.
     *
     * @throws MemoryBudgetException when it would take more than its budget
     */
    public StackBuilder(StackSettings settings) {
        this.settings = settings;
        this.kept = settings.kept();
        this.frameSize = kept.height() * kept.width();
        this.capacity = StackMemory.firstCapacity(settings);
        this.counts = new float[capacity * frameSize];
    }

    /**
     * Adds consecutive frames.
     *
     * @throws BcdiException when they have another size than the stack, or lie beyond its last frame
     * @throws MemoryBudgetException when an endless scan outgrows its budget
     */
    public void add(FrameBlock block) {
        if (block.height() != settings.height() || block.width() != settings.width()) {
            throw new BcdiException("Frame " + block.first() + " of " + settings.name() + " is " + block.height() + "x"
                    + block.width() + " but the scan began with " + settings.height() + "x" + settings.width()
                    + "; keep the detector's region and binning during a scan.");
        }
        int end = checkedEnd(block.first(), block.count());
        grow(end);
        for (int i = 0; i < block.count(); i++) {
            copy(block, i, (int) block.first() + i);
        }
        received.set((int) block.first(), end);
    }

    /** Notes frames that will never come: they stay in the rocking curve, masked. */
    public void missing(int first, int count) {
        int end = checkedEnd(first, count);
        grow(end);
        declaredMissing.set(first, end);
    }

    /** Forgets the frames from this number on. */
    public void cutAt(int end) {
        received.clear(end, Math.max(end, received.length()));
        declaredMissing.clear(end, Math.max(end, declaredMissing.length()));
    }

    /**
     * Takes voxels out of the frames that came, before a peak is looked for among them.
     *
     * @param more of whole frames as delivered, of all that came or more
     */
    public void mask(Mask more) {
        for (int step = received.nextSetBit(0); step >= 0; step = received.nextSetBit(step + 1)) {
            int at = step * frameSize;
            for (int row = kept.y0(); row < kept.y1(); row++) {
                int voxel = more.shape().index(step, row, kept.x0());
                for (int column = 0; column < kept.width(); column++) {
                    counts[at] = more.masked(voxel + column) ? Float.NaN : counts[at];
                    at++;
                }
            }
        }
    }

    /** Memory that it takes until its rocking curve is made, with the room for frames still to come. */
    public long bytes() {
        return StackMemory.estimate(settings, capacity);
    }

    /** Number of different frames that came. */
    public int received() {
        return received.cardinality();
    }

    /** Number of the highest frame that came, -1 before the first. */
    public int lastReceived() {
        return received.length() - 1;
    }

    /** Rows of one frame as far as it came: counts, NaN where masked or not there. An automatic region is not cut yet. */
    public float[][] frame(int step) {
        float[][] rows = new float[kept.height()][kept.width()];
        for (int row = 0; row < rows.length; row++) {
            if (received.get(step)) {
                System.arraycopy(counts, (step * kept.height() + row) * kept.width(), rows[row], 0, kept.width());
            } else {
                Arrays.fill(rows[row], Float.NaN);
            }
        }
        return rows;
    }

    /**
     * Makes the rocking curve: as long as the last frame that came or is known to be missing, cut to the region, with gaps,
     * invalid values, missing frames and hot pixels masked. The builder is used up.
     *
     * @param positions of the scanned motor, one a frame; those beyond the last frame are dropped, too few are ignored
     * @throws BcdiException when no frame came
     */
    public RockingCurve finish(List<Double> positions) {
        if (received.isEmpty()) {
            throw new BcdiException("No frame of " + settings.name() + " arrived; there is nothing to process.");
        }
        int steps = Math.max(received.length(), declaredMissing.length());
        Shape3 shape = new Shape3(steps, kept.height(), kept.width());
        List<Integer> missing = fillMissing(steps);
        float[] values = steps == capacity ? counts : Arrays.copyOf(counts, shape.size());
        counts = new float[0];
        Mask mask = separate(values, shape);
        if (negative > MOST_NEGATIVE * values.length) {
            LOG.warn(
                    "{}: {} % of the values are negative and count as no data; give counts from which nothing was subtracted.",
                    settings.name(), Math.round(100.0 * negative / values.length));
        }
        FrameMask hot = HotPixels.find(new Volume(shape, values), mask);
        if (hot.count() > 0) {
            LOG.warn("{}: {} hot pixels masked: {}", settings.name(), hot.count(), HotPixels.describe(hot, kept));
            mask = mask.or(hot.through(steps));
            clear(values, mask);
        }
        return cut(new Volume(shape, values), mask, fitting(positions, steps), missing);
    }

    private RockingCurve cut(Volume volume, Mask mask, List<Double> positions, List<Integer> missing) {
        if (!(settings.roi() instanceof RoiChoice.Auto auto)) {
            return new RockingCurve(settings.name(), volume, mask, kept, positions, missing);
        }
        Roi roi = BraggPeak.find(volume, mask).box(auto.size(), kept.height(), kept.width());
        Region3 region =
                new Region3(0, roi.y0(), roi.x0(), new Shape3(volume.shape().nz(), roi.height(), roi.width()));
        return new RockingCurve(settings.name(), volume.crop(region), mask.crop(region), roi, positions, missing);
    }

    private int checkedEnd(long first, int count) {
        long end = first + count;
        if (first < 0 || end > (settings.frames() > 0 ? settings.frames() : Integer.MAX_VALUE)) {
            throw new BcdiException("Frames " + first + " to " + (end - 1) + " of " + settings.name()
                    + " are not among the " + settings.frames() + " that the scan was prepared for.");
        }
        return (int) end;
    }

    private void grow(int needed) {
        if (needed > capacity) {
            int larger = StackMemory.grown(settings, capacity, needed);
            counts = Arrays.copyOf(counts, larger * frameSize);
            // Only now: where that memory was not to be had, the frames before stay as they are
            capacity = larger;
        }
    }

    private void copy(FrameBlock block, int from, int to) {
        PixelType type = block.type();
        byte[] gaps = settings.mask().data();
        float largest = 0;
        int at = to * frameSize;
        for (int row = kept.y0(); row < kept.y1(); row++) {
            int pixel = row * settings.width() + kept.x0();
            int source = from * settings.height() * settings.width() + pixel;
            for (int column = 0; column < kept.width(); column++) {
                double value = block.value(source + column);
                boolean gap = gaps[pixel + column] != 0;
                boolean noData = gap || type.invalid(value);
                negative += !gap && value < 0 ? 1 : 0;
                float stored = noData ? Float.NaN : (float) value;
                counts[at++] = stored;
                largest = stored > largest ? stored : largest;
            }
        }
        if (largest > EXACT && !warnedOfRounding) {
            warnedOfRounding = true;
            LOG.warn("{}: counts above 2^24 ({}) are rounded to float32.", settings.name(), largest);
        }
    }

    private List<Integer> fillMissing(int steps) {
        List<Integer> missing = new ArrayList<>();
        for (int step = received.nextClearBit(0); step < steps; step = received.nextClearBit(step + 1)) {
            Arrays.fill(counts, step * frameSize, (step + 1) * frameSize, Float.NaN);
            missing.add(step);
        }
        return missing;
    }

    /** Takes the NaN out of the counts into a mask. */
    private static Mask separate(float[] values, Shape3 shape) {
        byte[] noData = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                noData[i] = 1;
                values[i] = 0;
            }
        }
        return new Mask(shape, noData);
    }

    private static void clear(float[] values, Mask mask) {
        for (int i = 0; i < values.length; i++) {
            if (mask.masked(i)) {
                values[i] = 0;
            }
        }
    }

    private List<Double> fitting(List<Double> positions, int steps) {
        if (positions.size() >= steps) {
            return positions.subList(0, steps);
        }
        if (!positions.isEmpty()) {
            LOG.warn("{}: {} positions for {} frames are left out.", settings.name(), positions.size(), steps);
        }
        return List.of();
    }
}
