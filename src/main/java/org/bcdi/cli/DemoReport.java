package org.bcdi.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bcdi.inpaint.Fills;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.phase.Agreement;
import org.bcdi.phase.Reconstruction;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.store.ScanResult;
import org.bcdi.task.Monitor;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/** The table at the end of a demo. */
record DemoReport(List<String> lines) {
    DemoReport {
        lines = List.copyOf(lines);
    }

    /** Compares the result with what is known of the scan, and draws the pictures. */
    static DemoReport of(DemoScan demo, DemoResult result, Path directory) {
        List<String> lines = new ArrayList<>(List.of(""));
        addScan(lines, demo, result);
        addGap(lines, demo, result.scan());
        Reconstruction found = result.scan().reconstruction();
        if (found != null) {
            addObject(lines, demo, found);
        }
        add(
                lines,
                "seconds",
                "inpaint %.1f, phase %.1f, first frame to saved result %.1f",
                result.inpaintingSeconds(),
                result.phasingSeconds(),
                result.totalSeconds());
        add(lines, "latency", "%.2f s from the last frame to the inpainted volume", result.latencySeconds());
        add(lines, "result", "%s", result.file());
        List<Path> pictures = InspectCommand.draw(demo.name(), result.scan(), demo.truth(), directory);
        pictures.forEach(picture -> add(lines, picture == pictures.get(0) ? "pictures" : "", "%s", picture));
        return new DemoReport(lines);
    }

    private static void addScan(List<String> lines, DemoScan demo, DemoResult result) {
        Shape3 shape = demo.seen().shape();
        int gaps = result.scan().curve().mask().count();
        add(
                lines,
                "scan",
                "%s, region %s of %s",
                demo.name(),
                demo.region(),
                demo.geometry().name());
        add(lines, "frames", "%d received, %d missing", result.framesReceived(), result.framesMissing());
        add(lines, "voxels", "%s", shape);
        add(lines, "gap voxels", "%,d (%.2f %%)", gaps, 100.0 * gaps / shape.size());
        double patches = result.scan().provenance().metrics().getOrDefault("patches", 0.0);
        add(lines, "network", "%s on %s, %.0f patches", models(result.scan()), result.provider(), patches);
    }

    private static String models(ScanResult scan) {
        return String.join(", ", scan.provenance().models().keySet());
    }

    private static void addGap(List<String> lines, DemoScan demo, ScanResult scan) {
        Mask gap = scan.curve().mask();
        boolean kept = GapError.countsKept(scan.intensity(), demo.seen(), gap);
        add(lines, "measured counts", "%s", kept ? "unchanged to the bit" : "CHANGED");
        double error = GapError.ofLog(scan.intensity(), demo.truth(), gap, demo.unknown());
        if (Double.isNaN(error)) {
            add(lines, "error in the gap", "unknown: the scan has no counts there to compare with");
            return;
        }
        double linear = GapError.ofLog(linear(demo.seen(), gap), demo.truth(), gap, demo.unknown());
        add(lines, "error in the gap", "%.4f, by linear interpolation %.4f (rms of log(1+I))", error, linear);
    }

    private static Volume linear(Volume counts, Mask gap) {
        try (GapFiller filler = Fills.open("linear", ExecutionProvider.CPU, 0)) {
            return filler.fill(counts, gap, Monitor.NONE).intensity();
        }
    }

    private static void addObject(List<String> lines, DemoScan demo, Reconstruction found) {
        add(lines, "recipe", "%s", found.recipe());
        add(
                lines,
                "object",
                "%,d support voxels, R-factor %.3f, free log-likelihood %.3f",
                found.metrics().supportVoxels(),
                found.metrics().rFactor(),
                found.metrics().freeLogLikelihood());
        add(lines, "confidence", "%s", ProcessReport.confidence(found));
        demo.simulated().map(SimulatedScan::object).ifPresent(truth -> {
            ComplexVolume seen = TruthObject.seenThrough(truth, found.region());
            Agreement agreement = Agreement.aligned(seen, TruthObject.support(seen), found.object(), found.support());
            add(
                    lines,
                    "against the truth",
                    "correlation %.3f, phase error %.2f rad (rms)",
                    agreement.correlation(),
                    agreement.phaseRms());
        });
    }

    private static void add(List<String> lines, String what, String format, Object... values) {
        lines.add(String.format(Locale.ROOT, "%-18s ", what) + String.format(Locale.ROOT, format, values));
    }
}
