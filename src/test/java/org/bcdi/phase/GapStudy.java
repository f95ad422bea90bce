package org.bcdi.phase;

import java.util.ArrayList;
import java.util.List;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.inpaint.Inpainted;
import org.bcdi.mask.Mask;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.task.Monitor;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;

/**
 * What a gap costs a reconstruction, and what filling it wins back, on one scan: phased without a gap, and with a cross of gap
 * pixels beside its peak as zeros, as free voxels, and filled. All with the same recipe, seed, starts and region. Each is
 * compared with the true object, or where that is not known with the gap-free reconstruction.
 */
final class GapStudy {
    private final PhasingProblem whole;
    private final Region3 region;
    private final Plan recipe;
    private final long seed;
    private final ComplexVolume reference;
    private final Mask particle;
    private final Reconstruction gapFree;

    /** A kind of treatment of the gap, and how near its reconstruction comes to the reference. */
    record Row(String name, Agreement agreement, double strainRms) {}

    /** @param truth on the grid of the counts; null to compare with the gap-free reconstruction */
    GapStudy(Volume counts, @Nullable ComplexVolume truth, Plan recipe, long seed) {
        this.whole = new PhasingProblem(counts, Mask.none(counts.shape()), null);
        this.region = PhasingRegion.around(counts, whole.free(), StartsRetriever.MOST_VOXELS);
        this.recipe = recipe;
        this.seed = seed;
        this.gapFree = retrieve(whole, seed);
        this.reference = truth == null ? gapFree.object() : Crystals.cut(truth, region);
        this.particle = truth == null ? gapFree.support() : Crystals.support(reference);
    }

    Volume counts() {
        return whole.intensity();
    }

    /** Nothing can be expected to come nearer than this. */
    Row gapFree() {
        return row("no gap", gapFree);
    }

    /** How alike two gap-free runs with different seeds are. */
    Row anotherSeed() {
        return row("no gap, other seed", retrieve(whole, seed + 1));
    }

    Row zeros(Mask gap) {
        return row("zeros", retrieve(new PhasingProblem(without(gap), whole.free(), null), seed));
    }

    Row masked(Mask gap) {
        return row("masked", retrieve(new PhasingProblem(without(gap), gap, null), seed));
    }

    /** Filled and taken for measured; where the filler tells its deviation, also held softly to what it says. */
    List<Row> filled(Mask gap, GapFiller filler) {
        Inpainted filled = filler.fill(without(gap), gap, Monitor.NONE);
        List<Row> rows = new ArrayList<>();
        rows.add(row(filler.name(), retrieve(new PhasingProblem(filled.intensity(), whole.free(), null), seed)));
        boolean soft = true;
        for (float value : filled.deviation().data()) {
            soft &= !Float.isNaN(value);
        }
        if (soft) {
            PhasingProblem held = new PhasingProblem(filled.intensity(), gap, filled.deviation());
            rows.add(row(filler.name() + ", soft", retrieve(held, seed)));
        }
        return rows;
    }

    private Row row(String name, Reconstruction result) {
        Alignment alignment = Alignment.of(reference, result.object());
        ComplexVolume object = alignment.apply(result.object());
        Mask support = alignment.apply(result.support());
        return new Row(
                name,
                Agreement.of(reference, particle, object, support),
                Strain.rms(reference, particle, object, support));
    }

    private Reconstruction retrieve(PhasingProblem problem, long withSeed) {
        return new StartsRetriever(StartsRetriever.MOST_VOXELS, PhasingEngine.onCpu(), null)
                .retrieve(problem, region, recipe, withSeed, Monitor.NONE);
    }

    private Volume without(Mask gap) {
        return without(whole.intensity(), gap);
    }

    /** Zeros in the gap, as a detector delivers it. */
    static Volume without(Volume whole, Mask gap) {
        float[] counts = whole.data().clone();
        for (int i = 0; i < counts.length; i++) {
            counts[i] = gap.masked(i) ? 0 : counts[i];
        }
        return new Volume(whole.shape(), counts);
    }

    /** A cross {@code width} pixels wide in every frame, its middle {@code distance} pixels from the peak along y and x. */
    static Mask cross(Volume counts, int width, int distance) {
        Shape3 shape = counts.shape();
        int peak = PhasingRegion.peak(counts, Mask.none(shape));
        int y = peak / shape.nx() % shape.ny() + distance - width / 2;
        int x = peak % shape.nx() + distance - width / 2;
        byte[] gap = new byte[shape.size()];
        for (int i = 0; i < gap.length; i++) {
            int row = i / shape.nx() % shape.ny();
            int column = i % shape.nx();
            boolean inside = (row >= y && row < y + width) || (column >= x && column < x + width);
            gap[i] = (byte) (inside ? 1 : 0);
        }
        return new Mask(shape, gap);
    }
}
