package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bcdi.fourier.Shift;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class TransferFunctionTest {
    private static final Shape3 SHAPE = new Shape3(8, 12, 10);
    private static final ComplexVolume OBJECT = new ComplexVolume(SHAPE, ProjectionsTest.random(SHAPE, 1));

    @Test
    void isOneInEveryShellWhereAllAgreeUpToTwinShiftAndOffset() {
        ComplexVolume moved = new Alignment(true, 3, -2, 1, 0.5).apply(OBJECT);

        assertThat(TransferFunction.of(List.of(OBJECT, moved)))
                .hasSize(4)
                .allSatisfy(value -> assertThat(value).isCloseTo(1, within(1e-4)));
    }

    @Test
    void fallsWhereReconstructionsDiffer() {
        ComplexVolume other = new ComplexVolume(SHAPE, ProjectionsTest.random(SHAPE, 2));

        assertThat(TransferFunction.of(List.of(OBJECT, other)).get(3)).isLessThan(0.95);
    }

    @Test
    void aPerfectModelHasNoRFactorAndNoDeviance() {
        float[] wave = OBJECT.data().clone();
        float[] counts = new float[SHAPE.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = 1000 * (wave[2 * i] * wave[2 * i] + wave[2 * i + 1] * wave[2 * i + 1]);
        }
        Volume intensity = new Volume(SHAPE, counts);
        Measurement measurement = Measurement.of(
                new PhasingProblem(intensity, Mask.none(SHAPE), null), FreeSet.choose(intensity, Mask.none(SHAPE), 3));
        float[] unscaled = Shift.fromCentre(SHAPE, wave);
        for (int i = 0; i < unscaled.length; i++) {
            unscaled[i] *= (float) Math.sqrt(1000.0 * SHAPE.size());
        }

        Fit fit = Fit.of(measurement, new CountModel(measurement, Response.IDEAL), unscaled);
        assertThat(fit.rFactor()).isCloseTo(0, within(1e-5));
        assertThat(fit.freeDeviance()).isCloseTo(0, within(1e-2));

        Fit dark = Fit.of(measurement, new CountModel(measurement, Response.IDEAL), new float[unscaled.length]);
        assertThat(dark.rFactor()).isCloseTo(1, within(1e-6));
        assertThat(dark.freeDeviance()).isGreaterThan(100);
    }

    @Test
    void ofCountsWithoutPhotonsThereIsNoRFactor() {
        Volume dark = Volume.zeros(SHAPE);
        Measurement measurement = Measurement.of(new PhasingProblem(dark, Mask.none(SHAPE), null), Mask.none(SHAPE));

        Fit fit = Fit.of(
                measurement,
                new CountModel(measurement, Response.IDEAL),
                OBJECT.data().clone());

        assertThat(fit.rFactor()).isNaN();
    }
}
