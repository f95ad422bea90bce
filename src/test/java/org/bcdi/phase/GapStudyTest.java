package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.inpaint.Fills;
import org.bcdi.inpaint.GapFiller;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.phase.Recipe.Plan;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class GapStudyTest {
    @Test
    void fillingOrMaskingAGapBeatsTakingItsZerosForMeasured() {
        SimulatedScan scan = Crystals.cube(32, 2, 1, 1e6);
        Volume counts = scan.counts();
        Mask gap = GapStudy.cross(counts, 3, 4);
        GapStudy study = new GapStudy(counts, scan.object(), (Plan) Recipe.parse("HIO60/RAAR60/ER20/ML10"), 1);

        double zeros = study.zeros(gap).agreement().correlation();
        double masked = study.masked(gap).agreement().correlation();
        double linear;
        try (GapFiller filler = Fills.open("linear", ExecutionProvider.CPU, 0)) {
            linear = study.filled(gap, filler).get(0).agreement().correlation();
        }

        assertThat(gap.count()).isEqualTo(32 * (2 * 3 * 32 - 9));
        assertThat(masked).isGreaterThan(zeros);
        assertThat(linear).isGreaterThan(zeros);
    }
}
