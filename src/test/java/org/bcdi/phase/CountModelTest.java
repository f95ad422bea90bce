package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import org.bcdi.fourier.FourierTransform;
import org.bcdi.fourier.Shift;
import org.bcdi.mask.Mask;
import org.bcdi.sim.CrystalSimulator;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class CountModelTest {
    private static final Shape3 SHAPE = new Shape3(24, 20, 24);

    @Test
    void aProfileIsGaussianOrLorentzianAndSumsToOne() {
        float[] gaussian = CountModel.kernel(0.8, 0);
        float[] lorentzian = CountModel.kernel(0.8, 1);
        int g = gaussian.length / 2;
        int l = lorentzian.length / 2;

        assertThat(sum(gaussian)).isCloseTo(1, within(1e-6));
        assertThat(sum(lorentzian)).isCloseTo(1, within(1e-6));
        assertThat(gaussian[g + 1] / gaussian[g]).isCloseTo((float) Math.exp(-0.5 / 0.64), offset(1e-6f));
        float halfWidth = 0.8f * 1.17741f;
        assertThat(lorentzian[l + 1] / lorentzian[l]).isCloseTo(1 / (1 + 1 / (halfWidth * halfWidth)), offset(1e-5f));
    }

    @Test
    void aProfileOfAlmostNoWidthIsAPoint() {
        assertThat(CountModel.kernel(1e-200, 0)).containsExactly(0, 1, 0);
        assertThat(CountModel.kernel(1e-200, 0.5)).containsExactly(0, 1, 0);
    }

    @Test
    void theRateIsTheBlurredSquareOfTheOrthonormalWave() {
        float[] counts = new float[SHAPE.size()];
        Measurement dark = measurement(counts);
        float[] wave = new float[2 * SHAPE.size()];
        int at = SHAPE.index(3, 4, 5);
        wave[2 * at + 1] = (float) Math.sqrt(100.0 * SHAPE.size());
        Response response = new Response(0, 0.7, 0, 0, 0, 0, 0, 0);
        float[] kernel = CountModel.kernel(0.7, 0);

        float[] rate = new CountModel(dark, response).rate(wave);

        assertThat(rate[at]).isCloseTo(100 * kernel[kernel.length / 2], offset(1e-3f));
        assertThat(rate[SHAPE.index(3, 5, 5)]).isCloseTo(100 * kernel[kernel.length / 2 + 1], offset(1e-3f));
        assertThat(rate[SHAPE.index(4, 4, 5)]).isZero();
        assertThat(rate[SHAPE.index(3, 4, 6)]).isZero();
    }

    @Test
    void findsTheBlurAndTheBackgroundThatTheCountsWereMadeWith() {
        SimulatedScan scan = CrystalSimulator.simulate(new SimulationSettings(SHAPE, 3, 1, 3e6, 3, 0.6));
        float[] counts = scan.counts().data().clone();
        for (int i = 0; i < counts.length; i++) {
            counts[i] += i % 4;
        }
        float[] wave = Shift.fromCentre(SHAPE, scan.object().data());
        new FourierTransform(SHAPE).forward(wave);
        Response asked = new Response(0.3, 0.3, 0.3, 0, 50, 0, 50, 0);
        CountModel model = new CountModel(measurement(counts), asked);

        assertThat(model.fit(wave, 49)).isFalse();
        assertThat(model.response()).isEqualTo(asked);
        assertThat(model.fit(wave, 50)).isTrue();
        assertThat(model.fit(wave, 100)).isTrue();

        for (int axis = 0; axis < 3; axis++) {
            assertThat(model.response().sigma(axis)).isCloseTo(0.6, within(0.04));
        }
        assertThat(model.response().background()).isCloseTo(1.5, within(0.05));
    }

    @Test
    void aSharpBeamIsFoundSharp() {
        SimulatedScan scan = CrystalSimulator.simulate(new SimulationSettings(SHAPE, 3, 1, 3e6, 3, 0));
        float[] wave = Shift.fromCentre(SHAPE, scan.object().data());
        new FourierTransform(SHAPE).forward(wave);
        CountModel model =
                new CountModel(measurement(scan.counts().data()), new Response(0.5, 0.5, 0.5, 0, 1, 0, 1, 0));

        model.fit(wave, 1);
        model.fit(wave, 2);

        assertThat(model.sharp()).isTrue();
        assertThat(model.response().background()).isLessThan(0.01);
    }

    private static Measurement measurement(float[] counts) {
        Mask none = Mask.none(SHAPE);
        return Measurement.of(new PhasingProblem(new Volume(SHAPE, counts), none, null), none);
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
