package org.bcdi.pipeline;

import java.util.Locale;

/** What is said of a result. */
final class Sentences {
    private Sentences() {}

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
                        ", phased in %.1f s with R = %.3f",
                        scan.timings().phase(),
                        object.metrics().rFactor()))
                .orElse(", not phased");
        return filled + phased + ".";
    }
}
