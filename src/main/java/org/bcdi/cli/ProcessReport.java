package org.bcdi.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bcdi.phase.Reconstruction;
import org.bcdi.pipeline.ProcessedScan;
import org.bcdi.pipeline.Timings;
import org.bcdi.volume.Shape3;

/**
 * What {@code bcdi process} tells about one scan.
 *
 * @param output the file written
 * @param scan that is in it
 */
record ProcessReport(Path output, ProcessedScan scan) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One object on one line: the scan's own for one report, {@code {"results": [...]}} for a batch. */
    static String json(List<ProcessReport> reports) {
        ObjectNode object = JSON.createObjectNode();
        if (reports.size() == 1) {
            object = reports.get(0).json();
        } else {
            object.putArray("results")
                    .addAll(reports.stream().map(ProcessReport::json).toList());
        }
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report does not go into JSON", e);
        }
    }

    private ObjectNode json() {
        ObjectNode object = JSON.createObjectNode();
        object.put("output", output.toString());
        Shape3 shape = scan.curve().counts().shape();
        object.putArray("shape").add(shape.nz()).add(shape.ny()).add(shape.nx());
        object.put("gapVoxels", scan.gapVoxels());
        object.put("provider", scan.provider());
        object.put("patches", scan.patches());
        Timings timings = scan.timings();
        object.putObject("seconds")
                .put("read", timings.read())
                .put("inpaint", timings.inpaint())
                .put("phase", timings.phase())
                .put("write", timings.write())
                .put("total", timings.total());
        object.putNull("phase");
        scan.reconstruction().ifPresent(found -> putPhase(object.putObject("phase"), scan.phaseProvider(), found));
        return object;
    }

    private static void putPhase(ObjectNode phase, String provider, Reconstruction found) {
        phase.put("recipe", found.recipe());
        phase.put("provider", provider);
        putNumber(phase, "rFactor", found.metrics().rFactor());
        putNumber(phase, "freeLogLikelihood", found.metrics().freeLogLikelihood());
        phase.put("supportVoxels", found.metrics().supportVoxels());
        putNumber(phase, "confidence", found.metrics().confidence());
    }

    /** JSON knows no NaN. */
    private static void putNumber(ObjectNode object, String name, double value) {
        if (Double.isFinite(value)) {
            object.put(name, value);
        } else {
            object.putNull(name);
        }
    }

    /** The same for a person. */
    String text() {
        StringBuilder text = new StringBuilder();
        add(
                text,
                "%s: %s voxels, %.2f %% without data, filled by %s%n",
                scan.curve().name(),
                scan.curve().counts().shape(),
                100 * scan.gapFraction(),
                filler());
        scan.reconstruction()
                .ifPresent(found -> add(
                        text,
                        "  phased by %s on %s: confidence %s, R-factor %.3f, free log-likelihood %.4g, support %,d voxels%n",
                        found.recipe(),
                        scan.phaseProvider(),
                        confidence(found),
                        found.metrics().rFactor(),
                        found.metrics().freeLogLikelihood(),
                        found.metrics().supportVoxels()));
        Timings timings = scan.timings();
        add(
                text,
                "  %.1f s (read %.1f, inpaint %.1f, phase %.1f, write %.1f) -> %s",
                timings.total(),
                timings.read(),
                timings.inpaint(),
                timings.phase(),
                timings.write(),
                output);
        return text.toString();
    }

    static String confidence(Reconstruction found) {
        double confidence = found.metrics().confidence();
        return Double.isNaN(confidence)
                ? "unknown (too few photons to tell)"
                : String.format(Locale.ROOT, "%.2f", confidence);
    }

    private String filler() {
        return scan.patches() == 0
                ? "interpolation"
                : String.format(Locale.ROOT, "a network on %s (%,d patches)", scan.provider(), scan.patches());
    }

    private static void add(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
