package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;

class LocalScaleTest {
    private static final Shape3 SHAPE = new Shape3(30, 45, 70);

    @Test
    void ofEvenCountsIsTheirValueEverywhereWhateverGapsHold() {
        Gaps gaps = Gaps.of(Scenes.awkward(SHAPE, 2));
        float[] log = new float[SHAPE.size()];
        Arrays.fill(log, 3);
        for (int number = 0; number < gaps.count(); number++) {
            log[gaps.voxel(number)] = 99;
        }

        LocalScale.Row row = LocalScale.of(gaps, log, 0.1).row();

        for (int[] place : new int[][] {{0, 0, 0}, {29, 44, 69}, {13, 20, 31}}) {
            row.moveTo(place[0], place[1]);
            assertThat(row.mean(place[2])).isCloseTo(3, offset(1e-5f));
            assertThat(row.deviation(place[2])).isEqualTo(0.1f);
        }
    }

    @Test
    void isThatOfTheSurroundingsWeightedByAGaussian() {
        float[] log = new float[SHAPE.size()];
        for (int i = 0; i < log.length; i++) {
            log[i] = i % SHAPE.nx() < 32 ? 0 : 2;
        }

        LocalScale.Row row = LocalScale.of(Gaps.of(Mask.none(SHAPE)), log, 0.1).row();
        row.moveTo(15, 20);

        // The middle of the fifth cell lies between voxels 35 and 36
        double[] fourth = aroundCell(3);
        double[] fifth = aroundCell(4);
        assertThat(row.mean(35)).isCloseTo((float) (fourth[0] / 16 + fifth[0] * 15 / 16), offset(1e-5f));
        assertThat(row.deviation(35)).isCloseTo((float) (fourth[1] / 16 + fifth[1] * 15 / 16), offset(1e-5f));
        assertThat(row.mean(0)).isLessThan(row.mean(20));
        assertThat(row.mean(20)).isLessThan(row.mean(50));
    }

    /** Mean and deviation of cells of 8 voxels, the last of 6, 0 in the first four and 2 in the others. */
    private static double[] aroundCell(int middle) {
        double number = 0;
        double sum = 0;
        double squares = 0;
        for (int cell = Math.max(0, middle - 6); cell <= 8; cell++) {
            double weight = Math.exp(-Math.pow((cell - middle) / 1.5, 2) / 2) * (cell < 8 ? 8 : 6);
            number += weight;
            sum += weight * (cell < 4 ? 0 : 2);
            squares += weight * (cell < 4 ? 0 : 4);
        }
        double mean = sum / number;
        return new double[] {mean, Math.sqrt(squares / number - mean * mean)};
    }

    @Test
    void farFromAllThatWasMeasuredItIsNothingAndOne() {
        Shape3 shape = new Shape3(4, 4, 200);
        byte[] mask = new byte[shape.size()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (i % 200 < 8 ? 0 : 1);
        }
        float[] log = new float[mask.length];
        Arrays.fill(log, 5);

        LocalScale.Row row = LocalScale.of(Gaps.of(shape, mask), log, 0.1).row();
        row.moveTo(2, 2);

        assertThat(row.mean(20)).isEqualTo(5);
        assertThat(row.mean(190)).isZero();
        assertThat(row.deviation(190)).isEqualTo(1);
    }
}
