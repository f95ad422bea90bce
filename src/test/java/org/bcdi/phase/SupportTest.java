package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bcdi.fourier.FourierTransform;
import org.bcdi.fourier.Shift;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class SupportTest {
    @Test
    void shrinkWrapKeepsWhatIsAboveTheThreshold() {
        Shape3 shape = new Shape3(1, 1, 4);
        float[] object = {3, 4, 0, 1, 0, 0, 0, -2};

        Support support = Support.shrinkWrap(shape, object, 0, 0.3);

        assertThat(support.inside()).containsExactly(1, 0, 0, 1);
        assertThat(support.voxels()).containsExactly(0, 3);
    }

    @Test
    void aWiderGaussianGivesALargerSupport() {
        Shape3 shape = new Shape3(24, 24, 24);
        float[] object = new float[2 * shape.size()];
        object[2 * shape.index(0, 23, 12)] = 1;

        int narrow = Support.shrinkWrap(shape, object, 1, 0.25).count();
        int wide = Support.shrinkWrap(shape, object, 2, 0.25).count();

        // a ball of radius sigma sqrt(2 log 4)
        assertThat((double) narrow).isCloseTo(19, within(1.0));
        assertThat((double) wide).isCloseTo(4.0 / 3 * Math.PI * Math.pow(2 * 1.665, 3), within(25.0));
    }

    @Test
    void smoothingKeepsTheSumAndWrapsRound() {
        Shape3 shape = new Shape3(4, 5, 6);
        float[] data = new float[120];
        data[0] = 8;

        Smoothing.gaussian(shape, data, 1.3);

        double sum = 0;
        for (float value : data) {
            sum += value;
        }
        assertThat(sum).isCloseTo(8, within(1e-4));
        assertThat(data[shape.index(3, 0, 0)]).isEqualTo(data[shape.index(1, 0, 0)]);
        assertThat(data[shape.index(0, 0, 5)]).isEqualTo(data[shape.index(0, 0, 1)]);
    }

    @Test
    void theAutocorrelationOfTwoPointsHasThreePeaks() {
        Shape3 shape = new Shape3(1, 1, 16);
        float[] object = new float[32];
        object[0] = 10;
        object[2 * 3] = 10;
        new FourierTransform(shape).forwardOrthonormal(object);
        float[] intensity = new float[16];
        for (int i = 0; i < 16; i++) {
            intensity[i] = object[2 * i] * object[2 * i] + object[2 * i + 1] * object[2 * i + 1];
        }
        Volume stored = new Volume(shape, Shift.toCentre(shape, intensity));
        Measurement measurement = Measurement.of(new PhasingProblem(stored, Mask.none(shape), null), Mask.none(shape));

        assertThat(Autocorrelation.support(measurement, 0.3).voxels()).containsExactly(0, 3, 13);
    }
}
