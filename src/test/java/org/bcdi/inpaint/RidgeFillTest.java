package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

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
    void regressionFindsTheCoefficientsOfItsSamples() {
        Random random = new Random(1);
        LeastSquares fit = new LeastSquares(3, 2);
        for (int i = 0; i < 20_000; i++) {
            float a = (float) random.nextGaussian();
            float b = (float) random.nextGaussian() + 0.5f * a;
            float c = (float) random.nextGaussian();
            float noise = (float) (0.1 * random.nextGaussian());
            fit.add(new float[] {a, b, c, 2 * a - b + noise, 3 * c});
        }

        double[] coefficients = fit.solve(1e-9);

        double[] expected = {2, 0, -1, 0, 0, 3};
        for (int i = 0; i < expected.length; i++) {
            assertThat(coefficients[i]).isCloseTo(expected[i], within(0.005));
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
