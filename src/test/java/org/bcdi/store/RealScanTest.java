package org.bcdi.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.stack.BraggPeak;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.testing.RealScan;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;

/** The scan measured at APS 34-ID-C. */
class RealScanTest {
    @Test
    void isReadWholeWithItsPositionsAndWithoutHotPixels() {
        RockingCurve curve = ScanReader.read(RealScan.orSkip(), ReadSettings.plain());

        assertThat(curve.counts().shape()).isEqualTo(new Shape3(201, 256, 256));
        float largest = 0;
        double sum = 0;
        for (float count : curve.counts().data()) {
            largest = Math.max(largest, count);
            sum += count;
        }
        assertThat(largest).isEqualTo(165297);
        assertThat(sum / 1e6).isBetween(46.15, 46.25);
        assertThat(curve.positions()).hasSize(201);
        assertThat(curve.positions().get(0)).isBetween(-0.2801, -0.2799);
        assertThat(curve.mask().count()).isZero();
        assertThat(BraggPeak.find(curve.counts(), curve.mask())).isEqualTo(new BraggPeak(98, 126, 127));
    }

    @Test
    void anAutomaticRegionIsCentredOnItsPeak() {
        ReadSettings plain = ReadSettings.plain();

        RockingCurve curve = ScanReader.read(
                RealScan.orSkip(),
                new ReadSettings(plain.dataset(), plain.detector(), plain.mask(), new RoiChoice.Auto(64)));

        assertThat(curve.roi()).isEqualTo(new Roi(94, 158, 95, 159));
        assertThat(curve.counts().shape()).isEqualTo(new Shape3(201, 64, 64));
    }
}
