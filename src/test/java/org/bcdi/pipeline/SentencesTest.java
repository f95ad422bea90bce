package org.bcdi.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bcdi.phase.Reconstruction;
import org.bcdi.stack.RockingCurve;
import org.bcdi.store.Provenance;
import org.bcdi.store.ScanResult;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.junit.jupiter.api.Test;

class SentencesTest {
    @Test
    void aLowConfidenceIsAWarning() {
        assertThat(told(0.98)).isEqualTo(" and confidence 0.98.");
        assertThat(told(0.31))
                .isEqualTo(
                        " and confidence 0.31. Such an object is more often wrong than right: look before you use it.");
        assertThat(told(Double.NaN)).isEqualTo(" and too few photons to tell a confidence.");
    }

    @Test
    void aSummaryTellsWhereAllRanAndWhatIsMissing() {
        RockingCurve whole = TestCurves.small("S1");
        RockingCurve curve =
                new RockingCurve(whole.name(), whole.counts(), whole.mask(), whole.roi(), List.of(), List.of(0));
        Reconstruction object = new Reconstruction(
                new ComplexVolume(curve.counts().shape(), new float[12]),
                curve.mask(),
                Region3.whole(curve.counts().shape()),
                "ER5",
                1,
                new Reconstruction.Metrics(0.5, 1, 3, List.of(), 1, 0, 0.98, Map.of()));
        ScanResult result = new ScanResult(
                curve, whole.counts(), whole.counts(), object, new Provenance("bcdi", "{}", Map.of(), Map.of(), 1));

        assertThat(Sentences.summary(new ProcessedScan(result, "cuda", "cpu", 0, 1, Timings.NONE)))
                .isEqualTo("S1: 1x2x3, 16.67 % of the voxels filled in 0.0 s on the CUDA, phased in 0.0 s on the CPU"
                        + " with R = 0.500 and confidence 0.98. One frame of it is missing.");
    }

    private static String told(double confidence) {
        return Sentences.confidence(new Reconstruction.Metrics(0.5, 1, 3, List.of(), 1, 0, confidence, Map.of()));
    }
}
