package org.bcdi.phase;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bcdi.inpaint.Fills;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.inpaint.Inpainted;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.store.ReadSettings;
import org.bcdi.store.ScanReader;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * What a gap costs a reconstruction, and what filling it wins back: a gap-free scan is phased, then the same scan with a
 * cross of gap pixels beside its peak, as zeros, as masked voxels, and filled. All with the same recipe, seed, starts and
 * region; each is compared with the gap-free reconstruction.
 */
final class GapStudy {
    private static final Plan RECIPE = (Plan) Recipe.parse("HIO150/RAAR100/ER30/ML20");
    private static final String FORM = "%-16s %8s %10s %10s %10s %8s%n";

    private final PhasingProblem whole;
    private final Mask gap;
    private final Region3 region;
    private final Plan recipe;
    private final long seed;
    private final Reconstruction reference;

    /** A kind of treatment of the gap, and how near its reconstruction comes to the gap-free one. */
    record Row(String name, Agreement agreement, Reconstruction result) {}

    GapStudy(Volume counts, Mask gap, Plan recipe, long seed) {
        this.whole = new PhasingProblem(counts, Mask.none(counts.shape()), null);
        this.gap = gap;
        this.region = PhasingRegion.around(counts, whole.free(), CpuPhaseRetriever.MOST_VOXELS);
        this.recipe = recipe;
        this.seed = seed;
        this.reference = retrieve(whole, seed);
    }

    /** How alike two gap-free runs with different seeds are: nothing can be expected to come nearer than that. */
    Row anotherSeed() {
        return row("other seed", retrieve(whole, seed + 1));
    }

    Row zeros() {
        return row("zeros", retrieve(new PhasingProblem(withGap(), whole.free(), null), seed));
    }

    Row masked() {
        return row("masked", retrieve(new PhasingProblem(withGap(), gap, null), seed));
    }

    /** Filled and taken for measured; where the filler tells its deviation, also held softly to what it says. */
    List<Row> filled(GapFiller filler) {
        Inpainted filled = filler.fill(withGap(), gap, Monitor.NONE);
        List<Row> rows = new ArrayList<>();
        rows.add(row(filler.name(), retrieve(new PhasingProblem(filled.intensity(), whole.free(), null), seed)));
        boolean soft = true;
        for (float value : filled.deviation().data()) {
            soft &= !Float.isNaN(value);
        }
        if (soft) {
            PhasingProblem held = new PhasingProblem(filled.intensity(), gap, filled.deviation());
            rows.add(row(filler.name() + "+soft", retrieve(held, seed)));
        }
        return rows;
    }

    private Row row(String name, Reconstruction result) {
        return new Row(
                name,
                Agreement.aligned(reference.object(), reference.support(), result.object(), result.support()),
                result);
    }

    private Reconstruction retrieve(PhasingProblem problem, long withSeed) {
        return new CpuPhaseRetriever(CpuPhaseRetriever.MOST_VOXELS, null)
                .retrieve(problem, region, recipe, withSeed, Monitor.NONE);
    }

    private Volume withGap() {
        float[] counts = whole.intensity().data().clone();
        for (int i = 0; i < counts.length; i++) {
            counts[i] = gap.masked(i) ? 0 : counts[i];
        }
        return new Volume(whole.intensity().shape(), counts);
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

    /**
     * Prints the table.
     *
     * @param args SCAN (an HDF5 file without gaps, or {@code crystals=N@EXTENT}), gap width, its distance from the peak, a
     *     recipe or {@code -} for the standard one, then the fills
     */
    public static void main(String[] args) {
        int width = Integer.parseInt(args[1]);
        int distance = Integer.parseInt(args[2]);
        Plan recipe = args[3].equals("-") ? RECIPE : (Plan) Recipe.parse(args[3]);
        List<String> fills = List.of(args).subList(4, args.length);
        for (Volume counts : scans(args[0])) {
            GapStudy study = new GapStudy(counts, cross(counts, width, distance), recipe, 1);
            System.out.printf("gap of %d px at %d px, %s, %s%n", width, distance, study.region.shape(), recipe);
            System.out.printf(FORM, "gap", "correl.", "amplitude", "phase rms", "support", "R");
            print(new Row("gap-free", new Agreement(1, 0, 0), study.reference));
            print(study.anotherSeed());
            print(study.zeros());
            print(study.masked());
            for (String fill : fills) {
                try (GapFiller filler = Fills.open(fill, ExecutionProvider.CPU, 0)) {
                    study.filled(filler).forEach(GapStudy::print);
                }
            }
        }
    }

    private static List<Volume> scans(String what) {
        if (!what.startsWith("crystals=")) {
            return List.of(ScanReader.read(Path.of(what), ReadSettings.plain()).counts());
        }
        String[] numbers = what.substring("crystals=".length()).split("@");
        List<Volume> scans = new ArrayList<>();
        for (int seed = 0; seed < Integer.parseInt(numbers[0]); seed++) {
            scans.add(Crystals.cube(Integer.parseInt(numbers[1]), 100 + seed, 2, 1e6)
                    .counts());
        }
        return scans;
    }

    private static void print(Row row) {
        Agreement agreement = row.agreement;
        System.out.printf(
                FORM,
                row.name,
                number(agreement.correlation()),
                number(agreement.amplitudeError()),
                number(agreement.phaseRms()),
                row.result.metrics().supportVoxels(),
                number(row.result.metrics().rFactor()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
