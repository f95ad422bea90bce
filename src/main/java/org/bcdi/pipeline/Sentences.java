package org.bcdi.pipeline;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bcdi.phase.Reconstruction;

/** What is said of a result. */
final class Sentences {
    private Sentences() {}

    /** Why something is so, where it may have several reasons; empty ones say nothing. */
    static String reasons(String... reasons) {
        return Stream.of(reasons).filter(reason -> !reason.isEmpty()).collect(Collectors.joining("; "));
    }

    static String summary(ProcessedScan scan) {
        String filled = String.format(
                Locale.ROOT,
                "%s: %s, %.2f %% of the voxels filled in %.1f s on the %s",
                scan.curve().name(),
                scan.curve().counts().shape(),
                100 * scan.gapFraction(),
                scan.timings().inpaint(),
                scan.provider().toUpperCase(Locale.ROOT));
        String phased = scan.reconstruction()
                .map(object -> String.format(
                        Locale.ROOT,
                        ", phased in %.1f s on the %s with R = %.3f%s",
                        scan.timings().phase(),
                        scan.phaseProvider().toUpperCase(Locale.ROOT),
                        object.metrics().rFactor(),
                        confidence(object.metrics())))
                .orElse(", not phased.");
        return filled + phased + missing(scan.curve().missingFrames().size());
    }

    /** A sentence more. */
    private static String missing(int frames) {
        return frames == 0
                ? ""
                : frames == 1 ? " One frame of it is missing." : " " + frames + " frames of it are missing.";
    }

    /** The end of a sentence. */
    static String confidence(Reconstruction.Metrics metrics) {
        double confidence = metrics.confidence();
        if (Double.isNaN(confidence)) {
            return " and too few photons to tell a confidence.";
        }
        String told = String.format(Locale.ROOT, " and confidence %.2f.", confidence);
        return metrics.doubtful()
                ? told + " Such an object is more often wrong than right: look before you use it."
                : told;
    }
}
