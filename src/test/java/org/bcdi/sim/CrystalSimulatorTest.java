package org.bcdi.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import org.bcdi.fourier.FourierTransform;
import org.bcdi.task.InputException;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrystalSimulatorTest {
    private static final Shape3 SHAPE = new Shape3(24, 32, 28);

    @ParameterizedTest
    @CsvSource({"24,32,28", "15,21,33", "5,40,40"})
    void theRateIsTheObjectsTransformSquaredWithTheOriginInTheMiddle(int nz, int ny, int nx) {
        SimulatedScan scan = CrystalSimulator.simulate(new SimulationSettings(new Shape3(nz, ny, nx), 4, 1.5, 1e6));

        float[] amplitude =
                FourierTransform.toDetector(scan.object()).amplitude().data();

        float peak = max(scan.rate());
        for (int i = 0; i < amplitude.length; i++) {
            amplitude[i] *= amplitude[i];
        }
        assertThat(amplitude).containsExactly(scan.rate().data(), offset(1e-5f * peak));
    }

    @Test
    void theRateHoldsThePhotonsAskedFor() {
        SimulatedScan scan = CrystalSimulator.simulate(new SimulationSettings(SHAPE, 1, 1, 3e5));

        assertThat(sum(scan.rate())).isCloseTo(3e5, within(3.0));
        assertThat(sum(scan.counts())).isCloseTo(3e5, within(5 * Math.sqrt(3e5)));
    }

    @Test
    void coherenceBlurKeepsThePhotonsAndLowersThePeak() {
        Volume sharp = CrystalSimulator.simulate(new SimulationSettings(SHAPE, 1, 1, 1e6, 3, 0))
                .rate();
        Volume blurred = CrystalSimulator.simulate(new SimulationSettings(SHAPE, 1, 1, 1e6, 3, 0.8))
                .rate();

        assertThat(sum(blurred)).isCloseTo(1e6, within(20.0));
        assertThat(max(blurred)).isLessThan(0.9f * max(sharp));
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedAnotherCrystal() {
        SimulatedScan first = CrystalSimulator.simulate(new SimulationSettings(SHAPE, 7, 2, 1e6));
        SimulatedScan again = CrystalSimulator.simulate(new SimulationSettings(SHAPE, 7, 2, 1e6));
        SimulatedScan other = CrystalSimulator.simulate(new SimulationSettings(SHAPE, 8, 2, 1e6));

        assertThat(again.counts().data()).isEqualTo(first.counts().data());
        assertThat(again.object().data()).isEqualTo(first.object().data());
        assertThat(other.counts().data()).isNotEqualTo(first.counts().data());
    }

    @Test
    void withoutStrainOppositePlacesOfThePatternAreEqual() {
        Volume rate = CrystalSimulator.simulate(new SimulationSettings(SHAPE, 3, 0, 1e6))
                .rate();

        float peak = max(rate);
        assertThat(rate.at(12, 16, 14)).isEqualTo(peak);
        float largest = 0;
        for (int z = 1; z < 24; z++) {
            for (int y = 1; y < 32; y++) {
                for (int x = 1; x < 28; x++) {
                    largest = Math.max(largest, Math.abs(rate.at(z, y, x) - rate.at(24 - z, 32 - y, 28 - x)));
                }
            }
        }
        assertThat(largest).isLessThan(1e-5f * peak);
    }

    @Test
    void thePhaseSpansTheStrainAskedFor() {
        Shape3 shape = new Shape3(48, 48, 48);
        ComplexVolume object = CrystalSimulator.simulate(new SimulationSettings(shape, 5, 2, 1e7))
                .object();
        float[] modulus = object.amplitude().data();
        float[] phase = object.phase().data();
        float bright = max(object.amplitude());
        float low = 9;
        float high = -9;
        for (int i = 0; i < modulus.length; i++) {
            if (modulus[i] > 0.6 * bright) {
                low = Math.min(low, phase[i]);
                high = Math.max(high, phase[i]);
            }
        }
        assertThat(high - low).isBetween(1.5f, 2.2f);
    }

    @Test
    void theCrystalFillsTheExtentThatTheOversamplingLeaves() {
        Shape3 shape = new Shape3(40, 60, 50);
        Volume modulus = CrystalSimulator.simulate(new SimulationSettings(shape, 9, 1, 1e7, 2.5, 0))
                .object()
                .amplitude();
        int[] low = {99, 99, 99};
        int[] high = {0, 0, 0};
        float edge = 0.4f * max(modulus);
        for (int i = 0; i < shape.size(); i++) {
            if (modulus.data()[i] > edge) {
                int[] place = {i / shape.frameSize(), i / shape.nx() % shape.ny(), i % shape.nx()};
                for (int axis = 0; axis < 3; axis++) {
                    low[axis] = Math.min(low[axis], place[axis]);
                    high[axis] = Math.max(high[axis], place[axis]);
                }
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            assertThat(high[axis] - low[axis] + 1.0).isCloseTo(shape.length(axis) / 2.5, within(3.0));
        }
    }

    @Test
    void intensityFallsTowardsTheEdgeInsteadOfWrappingRound() {
        Shape3 shape = new Shape3(32, 32, 32);
        Volume rate = CrystalSimulator.simulate(new SimulationSettings(shape, 2, 0.5, 1e7))
                .rate();
        double edge = 0;
        double half = 0;
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                edge += rate.at(0, y, x);
                half += rate.at(8, y, x);
            }
        }
        assertThat(edge).isLessThan(half / 3);
    }

    @ParameterizedTest
    @CsvSource({
        "-1,1e6,3,0,Strain of -1.0",
        "1,0,3,0,0.0 photons",
        "1,1e6,1.5,0,oversampling of 1.5",
        "1,1e6,3,-2,blur of -2.0"
    })
    void settingsThatMeanNothingAreRefused(
            double strain, double photons, double oversampling, double blur, String words) {
        assertThatThrownBy(() -> new SimulationSettings(SHAPE, 1, strain, photons, oversampling, blur))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    private static double sum(Volume volume) {
        double sum = 0;
        for (float value : volume.data()) {
            sum += value;
        }
        return sum;
    }

    private static float max(Volume volume) {
        float max = 0;
        for (float value : volume.data()) {
            max = Math.max(max, value);
        }
        return max;
    }
}
