package org.bcdi.phase;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.bcdi.inpaint.Fills;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.phase.GapStudy.Row;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.store.ReadSettings;
import org.bcdi.store.ScanReader;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * The table "from gap to strain": a {@link GapStudy} of simulated crystals, or of a measured scan without gaps, for gaps of
 * several widths at several distances from the peak, with means and in how many crystals a treatment beats masking.
 *
 * <pre>
 * mvn -q test-compile dependency:copy-dependencies
 * java -cp 'target/test-classes:target/classes:target/dependency/*' org.bcdi.phase.GapTable crystals=8@64 6,12 8,12,18
 * </pre>
 *
 * Arguments: {@code crystals=N@EXTENT}, or {@code FILE@EXTENT@SEEDS} for the middle of a measured scan phased from so many seeds;
 * widths, distances, and if wanted a recipe and fills.
 */
final class GapTable {
    private static final String RECIPE = "HIO120/RAAR60/ER20/ML20";
    private static final List<String> FILLS = List.of("linear", "auto");

    /** All rows of one treatment, by scan. */
    private final Map<String, List<List<Row>>> rows = new LinkedHashMap<>();

    private GapTable() {}

    public static void main(String[] args) {
        int[] widths = numbers(args[1]);
        int[] distances = numbers(args[2]);
        Plan recipe = (Plan) Recipe.parse(args.length > 3 ? args[3] : RECIPE);
        List<String> fills = args.length > 4 ? List.of(args).subList(4, args.length) : FILLS;
        GapTable table = new GapTable();
        int scan = 0;
        for (GapStudy study : studies(args[0], recipe)) {
            table.add(scan, study.gapFree());
            table.add(scan, study.anotherSeed());
            Volume counts = study.counts();
            for (int width : widths) {
                for (int distance : distances) {
                    Mask gap = GapStudy.cross(counts, width, distance);
                    List<Row> now = new ArrayList<>(List.of(study.zeros(gap), study.masked(gap)));
                    for (String fill : fills) {
                        try (GapFiller filler = Fills.open(fill, ExecutionProvider.CPU, 0)) {
                            now.addAll(study.filled(gap, filler));
                        }
                    }
                    for (Row row : now) {
                        print(
                                String.format(
                                        Locale.ROOT, "scan %d, %d px at %d, %s", scan, width, distance, row.name()),
                                row);
                        table.add(scan, row);
                    }
                }
            }
            scan++;
            table.printMeans(scan);
        }
    }

    private static Iterable<GapStudy> studies(String what, Plan recipe) {
        if (!what.startsWith("crystals=")) {
            return measured(what, recipe);
        }
        String[] numbers = what.substring("crystals=".length()).split("@");
        return () -> IntStream.range(0, Integer.parseInt(numbers[0]))
                .mapToObj(seed -> Crystals.cube(Integer.parseInt(numbers[1]), 100 + seed, 2, 1e6))
                .map(crystal -> new GapStudy(crystal.counts(), crystal.object(), recipe, 1))
                .iterator();
    }

    /** The cube about the peak of a measured scan, with one random start after the other: seeds stand for scans. */
    private static Iterable<GapStudy> measured(String what, Plan recipe) {
        String[] parts = what.split("@");
        Volume counts = ScanReader.read(Path.of(parts[0]), ReadSettings.plain()).counts();
        int extent = Integer.parseInt(parts[1]);
        int peak = PhasingRegion.peak(counts, Mask.none(counts.shape()));
        Shape3 shape = counts.shape();
        Volume part = counts.crop(new Region3(
                peak / shape.frameSize() - extent / 2,
                peak / shape.nx() % shape.ny() - extent / 2,
                peak % shape.nx() - extent / 2,
                new Shape3(extent, extent, extent)));
        return () -> IntStream.range(0, Integer.parseInt(parts[2]))
                .mapToObj(seed -> new GapStudy(part, null, recipe, 1 + 10L * seed))
                .iterator();
    }

    private void add(int scan, Row row) {
        List<List<Row>> byScan = rows.computeIfAbsent(row.name(), name -> new ArrayList<>());
        while (byScan.size() <= scan) {
            byScan.add(new ArrayList<>());
        }
        byScan.get(scan).add(row);
    }

    private void printMeans(int scans) {
        System.out.printf(
                "%n%d scans%n| gap voxels | correlation | amplitude error | phase RMS, rad | strain RMS, rad/voxel | strain better than masked |%n",
                scans);
        for (Map.Entry<String, List<List<Row>>> entry : rows.entrySet()) {
            int better = 0;
            for (int scan = 0; scan < scans; scan++) {
                better += strain(entry.getValue().get(scan))
                                < strain(rows.get("masked").get(scan))
                        ? 1
                        : 0;
            }
            List<Row> all = entry.getValue().stream().flatMap(List::stream).toList();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f | %.3f | %.4f | %d of %d |%n",
                    entry.getKey(),
                    all.stream()
                            .mapToDouble(row -> row.agreement().correlation())
                            .average()
                            .orElseThrow(),
                    all.stream()
                            .mapToDouble(row -> row.agreement().amplitudeError())
                            .average()
                            .orElseThrow(),
                    all.stream()
                            .mapToDouble(row -> row.agreement().phaseRms())
                            .average()
                            .orElseThrow(),
                    strain(all),
                    better,
                    scans);
        }
        System.out.println();
    }

    private static double strain(List<Row> rows) {
        return rows.stream().mapToDouble(Row::strainRms).average().orElseThrow();
    }

    private static void print(String what, Row row) {
        System.out.printf(
                Locale.ROOT,
                "%-48s %.3f %.3f %.3f %.4f%n",
                what,
                row.agreement().correlation(),
                row.agreement().amplitudeError(),
                row.agreement().phaseRms(),
                row.strainRms());
    }

    private static int[] numbers(String list) {
        return List.of(list.split(",")).stream().mapToInt(Integer::parseInt).toArray();
    }
}
