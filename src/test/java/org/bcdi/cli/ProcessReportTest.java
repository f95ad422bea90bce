package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bcdi.mask.Mask;
import org.bcdi.phase.Reconstruction;
import org.bcdi.pipeline.ProcessedScan;
import org.bcdi.pipeline.Timings;
import org.bcdi.stack.RockingCurve;
import org.bcdi.store.Provenance;
import org.bcdi.store.ScanResult;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessReportTest {
    @ParameterizedTest
    @CsvSource({"0.873, confidence 0.87", "NaN, confidence unknown (too few photons to tell)"})
    void tellsAPersonHowFarToTrustTheObject(double confidence, String told) {
        Shape3 shape = new Shape3(1, 2, 3);
        Volume filled = Volume.zeros(shape);
        RockingCurve curve =
                new RockingCurve("S1", filled, Mask.none(shape), new Roi(0, 2, 0, 3), List.of(), List.of());
        Reconstruction object = new Reconstruction(
                new ComplexVolume(shape, new float[12]),
                Mask.none(shape),
                Region3.whole(shape),
                "ER5",
                1,
                new Reconstruction.Metrics(0.5, 1.2, 6, List.of(), 1, 0, confidence, Map.of()));
        ScanResult result =
                new ScanResult(curve, filled, filled, object, new Provenance("bcdi", "{}", Map.of(), Map.of(), 1));

        String text = new ProcessReport(Path.of("S1.cxi"), new ProcessedScan(result, "cpu", "cpu", 0, 0, Timings.NONE))
                .text();

        assertThat(text).contains(told + ", R-factor 0.500").doesNotContain("NaN");
    }
}
