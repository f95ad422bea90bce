package org.bcdi.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bcdi.volume.Volume;

/** Panels of a scan, all on the same scale of photons. */
final class ScanPanels {
    private final ScanView scan;
    private final ColourScale photons;
    private final ColourScale deviation;
    private final int[] peak;
    private final boolean deviationKnown;

    ScanPanels(ScanView scan) {
        this.scan = scan;
        peak = Pictures.largest(scan.counts(), scan.mask(), false);
        photons = ColourScale.photons(ColourMap.VIRIDIS, most(scan.intensity()));
        double largest = most(scan.deviation());
        deviationKnown = largest > 0;
        deviation = ColourScale.photons(ColourMap.MAGMA, largest);
    }

    /** Where the most photons were counted, (z, y, x). */
    int[] peak() {
        return peak;
    }

    /** Raw, inpainted, uncertainty and, where it is known, truth. */
    List<Panel> row(Cut cut) {
        List<Panel> row = new ArrayList<>();
        row.add(photons("raw", cut, cut.of(scan.counts(), scan.mask(), false)));
        row.add(photons("inpainted", cut, cut.of(scan.intensity())));
        if (deviationKnown) {
            float[][] values = cut.of(scan.deviation(), scan.mask(), true);
            loseTheInfinite(values);
            row.add(new Panel("uncertainty (photons)", cut.caption(), values, Panel.NO_DATA, deviation));
        }
        Volume truth = scan.truth();
        if (truth != null) {
            row.add(photons("truth", cut, cut.of(truth)));
        }
        return row;
    }

    private Panel photons(String title, Cut cut, float[][] values) {
        return new Panel(title + " (photons)", cut.caption(), values, Panel.NO_DATA, photons);
    }

    String numbers() {
        double share = 100.0 * scan.mask().count() / scan.counts().shape().size();
        double total = 0;
        for (float value : scan.counts().data()) {
            total += value;
        }
        return String.format(
                Locale.ROOT,
                "%s voxels (z\u00d7y\u00d7x), %.2f %% without data, %.3g photons counted, peak at z=%d y=%d x=%d",
                scan.counts().shape().toString().replace('x', '\u00d7'),
                share,
                total,
                peak[0],
                peak[1],
                peak[2]);
    }

    /** What is not recoverable is drawn as having no data. */
    private static void loseTheInfinite(float[][] values) {
        for (float[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Float.isInfinite(row[i]) ? Float.NaN : row[i];
            }
        }
    }

    private static double most(Volume volume) {
        double most = 0;
        for (float value : volume.data()) {
            most = value > most && value < Float.POSITIVE_INFINITY ? value : most;
        }
        return most;
    }
}
