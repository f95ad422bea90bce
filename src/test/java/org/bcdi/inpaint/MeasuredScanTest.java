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

/** Fills against counts that were really measured and are hidden: a 6-pixel cross two pixels beside the Bragg peak. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeasuredScanTest {
    private static final Region3 PART = new Region3(67, 78, 79, new Shape3(64, 96, 96));

    private Volume counts;
    private Mask mask;
    private double linear;

    @BeforeAll
    void hideACrossNearThePeak() {
        counts = MeasuredScan.part(PART);
        mask = Scenes.cross(PART.shape(), 50, 50, 6);
        linear = error("linear");
    }

    @Test
    void ridgeIsNearerToTheHiddenCountsThanLinear() {
        assertThat(error("ridge")).isLessThan(0.85 * linear);
    }

    @Test
    void linearIsNearerThanNearest() {
        assertThat(linear).isLessThan(error("nearest"));
    }

    @Test
    void theShippedNetworkIsNearerToTheHiddenCountsThanLinear() {
        assertThat(error("auto")).isLessThan(linear);
    }

    /** Mean squared error of log(1 + counts) over the gap voxels. */
    private double error(String fill) {
        try (GapFiller filler = Fills.open(fill, ExecutionProvider.CPU, 0)) {
            long start = System.nanoTime();
            Volume filled = filler.fill(counts, mask, Monitor.NONE).intensity();
            double sum = 0;
            for (int i = 0; i < mask.shape().size(); i++) {
                if (mask.masked(i)) {
                    double miss = Math.log1p(filled.data()[i]) - Math.log1p(counts.data()[i]);
                    sum += miss * miss;
                }
            }
            System.out.println(
                    "ERR " + fill + " " + sum / mask.count() + " " + (System.nanoTime() - start) / 1e9 + " s");
            return sum / mask.count();
        }
    }
}
