package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Fills against counts that were really measured and are hidden by a 6-pixel cross. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeasuredScanTest {
    private static final Region3 PART = new Region3(67, 78, 79, new Shape3(64, 96, 96));

    private Volume counts;
    /** Two pixels beside the Bragg peak, which is at (32, 48, 48). */
    private Mask near;
    /** In the fringes. */
    private Mask far;

    @BeforeAll
    void hideCrosses() {
        counts = MeasuredScan.part(PART);
        near = Scenes.cross(PART.shape(), 50, 50, 6);
        far = Scenes.cross(PART.shape(), 66, 24, 6);
    }

    @Test
    void linearIsNearerToTheHiddenCountsThanNearest() {
        assertThat(error("linear", near)).isLessThan(error("nearest", near));
    }

    @Test
    void ridgeIsMuchNearerThanLinearAmongTheFringes() {
        assertThat(error("ridge", far)).isLessThan(0.9 * error("linear", far));
    }

    @Test
    void ridgeIsHardlyWorseThanLinearBesideThePeak() {
        assertThat(error("ridge", near)).isLessThan(1.1 * error("linear", near));
    }

    @Test
    void theShippedNetworkIsNearerThanLinear() {
        assertThat(error("auto", near)).isLessThan(0.93 * error("linear", near));
        assertThat(error("auto", far)).isLessThan(0.85 * error("linear", far));
    }

    /** Mean squared error of log(1 + counts) over the gap voxels. */
    private double error(String fill, Mask mask) {
        try (GapFiller filler = Fills.open(fill, ExecutionProvider.CPU, 0)) {
            Volume filled = filler.fill(counts, mask, Monitor.NONE).intensity();
            double sum = 0;
            for (int i = 0; i < mask.shape().size(); i++) {
                if (mask.masked(i)) {
                    double miss = Math.log1p(filled.data()[i]) - Math.log1p(counts.data()[i]);
                    sum += miss * miss;
                }
            }
            return sum / mask.count();
        }
    }
}
