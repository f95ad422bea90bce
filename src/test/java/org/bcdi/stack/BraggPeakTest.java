package org.bcdi.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.mask.Mask;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BraggPeakTest {
    private final Shape3 shape = new Shape3(5, 6, 7);

    @Test
    void aPeakOfManyVoxelsBeatsASingleBrightOne() {
        float[] counts = new float[shape.size()];
        for (int z = 1; z <= 3; z++) {
            for (int y = 2; y <= 4; y++) {
                for (int x = 3; x <= 5; x++) {
                    counts[shape.index(z, y, x)] = 10;
                }
            }
        }
        counts[shape.index(0, 0, 0)] = 200;

        assertThat(BraggPeak.find(new Volume(shape, counts), Mask.none(shape))).isEqualTo(new BraggPeak(2, 3, 4));
    }

    @Test
    void maskedVoxelsDoNotCount() {
        float[] counts = new float[shape.size()];
        counts[shape.index(4, 5, 6)] = 9;
        counts[shape.index(1, 1, 1)] = 3;
        byte[] mask = new byte[shape.size()];
        mask[shape.index(4, 5, 6)] = 1;

        BraggPeak peak = BraggPeak.find(new Volume(shape, counts), new Mask(shape, mask));

        assertThat(peak.z()).isLessThanOrEqualTo(2);
        assertThat(peak.y()).isLessThanOrEqualTo(2);
    }

    @Test
    void withoutCountsItIsTheMiddle() {
        assertThat(BraggPeak.find(Volume.zeros(shape), Mask.none(shape))).isEqualTo(new BraggPeak(2, 3, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "50, 50, 16, '42:58,42:58'",
        "3, 97, 16, '0:16,84:100'",
        "50, 50, 200, '0:100,0:100'",
        "0, 0, 1, '0:1,0:1'",
    })
    void theBoxStaysInTheFrame(int y, int x, int size, String box) {
        Roi roi = new BraggPeak(0, y, x).box(size, 100, 100);

        assertThat(roi).hasToString(box);
    }
}
