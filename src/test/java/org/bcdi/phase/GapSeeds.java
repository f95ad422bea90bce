package org.bcdi.phase;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.bcdi.inpaint.Fills;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.inpaint.Inpainted;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.store.ReadSettings;
import org.bcdi.store.ScanReader;
import org.bcdi.task.Monitor;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * What a gap costs on a measured scan whose seeds differ as much as treatments do: each treatment is phased from many seeds, and
 * the reference is the mean of gap-free reconstructions from as many others. Printed are means over seeds with their standard
 * error, and the same figures of the mean object, in which the differences between seeds have mostly gone.
 *
 * <pre>
 * mvn -q test-compile dependency:copy-dependencies
 * java -cp 'target/test-classes:target/classes:target/dependency/*' org.bcdi.phase.GapSeeds S0054.h5 64x64 6 12 6
 * </pre>
 *
 * Arguments: file, frames x pixels about the peak, width and distance of the cross, seeds, and if wanted a recipe.
 */
final class GapSeeds {
    private static final String RECIPE = "HIO150/RAAR100/ER30/ML20";

    private final Volume counts;
    private final Plan recipe;
    private final int seeds;
    private final Objects reference;

    /** Objects with their supports, their mean, and where that is brighter than 0.3 of its maximum: weak edges have any phase. */
    private record Objects(List<ComplexVolume> objects, List<Mask> supports, ComplexVolume mean, Mask particle) {}

    private record Row(Agreement agreement, double strain) {}

    private GapSeeds(Volume counts, Plan recipe, int seeds) {
        this.counts = counts;
        this.recipe = recipe;
        this.seeds = seeds;
        this.reference = retrieve(new PhasingProblem(counts, Mask.none(counts.shape()), null), seeds);
    }

    public static void main(String[] args) {
        String[] extents = args[1].split("x");
        Volume counts = middle(args[0], Integer.parseInt(extents[0]), Integer.parseInt(extents[1]));
        Plan recipe = (Plan) Recipe.parse(args.length > 5 ? args[5] : RECIPE);
        GapSeeds study = new GapSeeds(counts, recipe, Integer.parseInt(args[4]));
        study.compare(GapStudy.cross(counts, Integer.parseInt(args[2]), Integer.parseInt(args[3])));
    }

    /** The peak comes to N/2. */
    private static Volume middle(String file, int frames, int pixels) {
        Volume counts = ScanReader.read(Path.of(file), ReadSettings.plain()).counts();
        Shape3 shape = counts.shape();
        int peak = PhasingRegion.peak(counts, Mask.none(shape));
        return counts.crop(new Region3(
                peak / shape.frameSize() - frames / 2,
                peak / shape.nx() % shape.ny() - pixels / 2,
                peak % shape.nx() - pixels / 2,
                new Shape3(frames, pixels, pixels)));
    }

    private void compare(Mask gap) {
        Mask none = Mask.none(gap.shape());
        Volume zeros = GapStudy.without(counts, gap);
        print("no gap", new PhasingProblem(counts, none, null));
        print("zeros", new PhasingProblem(zeros, none, null));
        print("masked", new PhasingProblem(zeros, gap, null));
        for (String fill : List.of("linear", "auto")) {
            try (GapFiller filler = Fills.open(fill, ExecutionProvider.CPU, 0)) {
                Inpainted filled = filler.fill(zeros, gap, Monitor.NONE);
                print(filler.name(), new PhasingProblem(filled.intensity(), none, null));
                if (filler.model().isPresent()) {
                    print(filler.name() + ", soft", new PhasingProblem(filled.intensity(), gap, filled.deviation()));
                }
            }
        }
    }

    private void print(String name, PhasingProblem problem) {
        Objects found = retrieve(problem, 0);
        List<Row> rows = IntStream.range(0, seeds)
                .mapToObj(i -> row(found.objects().get(i), found.supports().get(i)))
                .toList();
        Row mean = row(found.mean, found.particle);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %.3f | %.3f | %.3f | %.3f |%n",
                name,
                spread(rows, row -> row.agreement.correlation()),
                spread(rows, row -> row.agreement.amplitudeError()),
                spread(rows, row -> row.agreement.phaseRms()),
                spread(rows, row -> row.strain),
                mean.agreement.correlation(),
                mean.agreement.amplitudeError(),
                mean.agreement.phaseRms(),
                mean.strain);
    }

    private Row row(ComplexVolume object, Mask support) {
        Alignment alignment = Alignment.of(reference.mean, object);
        ComplexVolume moved = alignment.apply(object);
        Mask inside = alignment.apply(support);
        return new Row(
                Agreement.of(reference.mean, reference.particle, moved, inside),
                Strain.rms(reference.mean, reference.particle, moved, inside));
    }

    private static String spread(List<Row> rows, ToDoubleFunction<Row> figure) {
        double mean = rows.stream().mapToDouble(figure).average().orElseThrow();
        double squares = rows.stream()
                .mapToDouble(row -> Math.pow(figure.applyAsDouble(row) - mean, 2))
                .sum();
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, Math.sqrt(squares / (rows.size() - 1) / rows.size()));
    }

    private Objects retrieve(PhasingProblem problem, int firstSeed) {
        List<ComplexVolume> objects = new ArrayList<>();
        List<Mask> supports = new ArrayList<>();
        try (StartsRetriever retriever =
                new StartsRetriever(StartsRetriever.MOST_VOXELS, PhasingEngine.onCpu(), null)) {
            for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
                Reconstruction found = retriever.retrieve(
                        problem, Region3.whole(counts.shape()), recipe, 1 + 10L * seed, Monitor.NONE);
                objects.add(found.object());
                supports.add(found.support());
            }
        }
        return mean(objects, supports);
    }

    private static Objects mean(List<ComplexVolume> objects, List<Mask> supports) {
        Shape3 shape = objects.get(0).shape();
        float[] sum = new float[2 * shape.size()];
        for (ComplexVolume object : objects) {
            float[] moved = Alignment.of(objects.get(0), object).apply(object).data();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += moved[i] / objects.size();
            }
        }
        ComplexVolume mean = new ComplexVolume(shape, sum);
        return new Objects(objects, supports, mean, Crystals.support(mean));
    }
}
