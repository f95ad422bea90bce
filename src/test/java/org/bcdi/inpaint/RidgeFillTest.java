package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RidgeFillTest {
    private static final Shape3 SHAPE = new Shape3(24, 48, 48);

    @Test
    void learnsFringesThatLinearInterpolationCutsOff() {
        Volume counts = fringes();
        Mask mask = Scenes.cross(SHAPE, 20, 29, 5);

        assertThat(error("ridge", counts, mask)).isLessThan(0.4 * error("linear", counts, mask));
    }

    @Test
    void ownsToAnErrorWhereItLearntAndToNoneWhereItDidNot() {
        Inpainted filled = fill("ridge", fringes(), Scenes.cross(SHAPE, 20, 29, 5));

        assertThat(filled.deviation().at(10, 22, 10)).isPositive();
        assertThat(filled.deviation().at(10, 10, 30)).isPositive();
        assertThat(filled.deviation().at(10, 22, 30)).isNaN();
    }

    @Test
    void isLinearWhereNoGapHasSidesToLearnFrom() {
        Mask border = Scenes.cross(SHAPE, 0, 0, 4);

        Inpainted filled = fill("ridge", fringes(), border);

        assertThat(filled.intensity().data())
                .isEqualTo(fill("linear", fringes(), border).intensity().data());
    }

    @Test
    void theSameScanIsFilledWithTheSameBits() {
        Mask mask = Scenes.cross(SHAPE, 20, 29, 5);

        assertThat(fill("ridge", fringes(), mask).intensity().data())
                .isEqualTo(fill("ridge", fringes(), mask).intensity().data());
    }

    @Test
    void weightsOfANeighbourhoodSumToNothing() {
        float[] log = new float[SHAPE.size()];
        float[] counts = fringes().data();
        for (int i = 0; i < log.length; i++) {
            log[i] = (float) Math.log1p(counts[i]);
        }
        Strip strip = new Strip(2, 5);
        RidgeWeights weights = RidgeWeights.of(strip, MeanProducts.of(SHAPE, log));
        float[] even = new float[Strip.NEIGHBOURS];
        Arrays.fill(even, 7);

        assertThat(weights.curves(even, 1)).containsExactly(new float[5], within(1e-3f));
    }

    @ParameterizedTest
    @CsvSource({"3, 0.02", "12, 0.3"})
    void aGapThroughThePeakIsBridgedByACurve(int width, double tolerance) {
        float[] peak = new float[SHAPE.size()];
        for (int i = 0; i < peak.length; i++) {
            double distance = Math.pow(i % 48 - 30, 2) / 40
                    + Math.pow(i / 48 % 48 - 21, 2) / 40
                    + Math.pow(i / 2304 - 12, 2) / 20;
            peak[i] = (float) Math.expm1(Math.max(0, 12 - distance));
        }

        Inpainted filled = fill("ridge", new Volume(SHAPE, peak), Scenes.cross(SHAPE, 40, 30 - width / 2, width));

        double found = Math.log1p(filled.intensity().at(12, 21, 30));
        assertThat(found).isCloseTo(12, within(tolerance));
    }

    @Test
    void whereNothingIsLookedAtItStaysLinearAndElsewhereItIsTheSame() {
        Gaps gaps = Gaps.of(Scenes.cross(SHAPE, 20, 29, 5));
        float[] whole = gaps.logOf(fringes());
        RidgeFill.estimate(gaps, whole, Monitor.NONE).writeTo(gaps, whole);
        float[] linear = gaps.logOf(fringes());
        LinearFill.fill(gaps, linear);
        float[] part = gaps.logOf(fringes());

        RidgeFill.estimateWhere(voxel -> voxel % 48 < 10, gaps, part).writeTo(gaps, part);

        for (int number = 0; number < gaps.count(); number++) {
            int voxel = gaps.voxel(number);
            assertThat(part[voxel]).isEqualTo(voxel % 48 < 10 ? whole[voxel] : linear[voxel]);
        }
    }

    /** Waves of about 9 voxels, the same everywhere. */
    private static Volume fringes() {
        float[] counts = new float[SHAPE.size()];
        for (int i = 0; i < counts.length; i++) {
            double phase = 0.7 * (i % 48) + 0.65 * (i / 48 % 48) + 0.3 * (i / (48 * 48));
            counts[i] = (float) Math.expm1(3 + 2 * Math.cos(phase));
        }
        return new Volume(SHAPE, counts);
    }

    private static Inpainted fill(String fill, Volume counts, Mask mask) {
        return Fills.open(fill, ExecutionProvider.CPU, 0).fill(counts, mask, Monitor.NONE);
    }

    private static double error(String fill, Volume counts, Mask mask) {
        float[] filled = fill(fill, counts, mask).intensity().data();
        double sum = 0;
        for (int i = 0; i < filled.length; i++) {
            double miss = Math.log1p(filled[i]) - Math.log1p(counts.data()[i]);
            sum += miss * miss;
        }
        return sum;
    }
}
