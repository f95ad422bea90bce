package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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

        Support support = Support.shrinkWrap(object, all(shape), new ShrinkWrap(1, 0.3, 0, 0), 0);

        assertThat(support.inside()).containsExactly(1, 0, 0, 1);
        assertThat(support.voxels()).containsExactly(0, 3);
    }

    @Test
    void aWiderGaussianGivesALargerSupport() {
        Shape3 shape = new Shape3(24, 24, 24);
        float[] object = new float[2 * shape.size()];
        object[2 * shape.index(0, 23, 12)] = 1;

        ShrinkWrap quarter = new ShrinkWrap(1, 0.25, 1, 1);
        int narrow = Support.shrinkWrap(object, all(shape), quarter, 1).count();
        int wide = Support.shrinkWrap(object, all(shape), quarter, 2).count();

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
    void smoothingByAlmostNothingChangesNothing() {
        float[] data = {1, 2, 3, 4};

        Smoothing.gaussian(new Shape3(1, 1, 4), data, 1e-200);

        assertThat(data).containsExactly(1, 2, 3, 4);
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

        assertThat(Autocorrelation.support(measurement, new FirstSupport(0.3, 0))
                        .voxels())
                .containsExactly(0, 3, 13);
    }

    @Test
    void aThresholdOfTheRmsLooksAtTheSupportSoFar() {
        Shape3 shape = new Shape3(1, 1, 4);
        float[] object = {2, 0, 1, 0, 0, 0, 100, 0};
        Support firstTwo = new Support(shape, new byte[] {1, 1, 0, 0});

        // root of (4 + 1) / 2 = 1.58
        assertThat(rms(object, firstTwo, 0.6).voxels()).containsExactly(0, 1, 3);
        assertThat(rms(object, firstTwo, 0.7).voxels()).containsExactly(0, 3);
    }

    private static Support rms(float[] object, Support before, double threshold) {
        return Support.shrinkWrap(object, before, new ShrinkWrap(1, threshold, ShrinkWrap.Reference.RMS, 0, 0, 0), 0);
    }

    @Test
    void aLooseSupportHasItsNeighboursAcrossTheFacesAndRoundTheArray() {
        Shape3 shape = new Shape3(3, 4, 5);
        byte[] corner = new byte[60];
        corner[0] = 1;
        Support one = new Support(shape, corner).grown(1);

        assertThat(one.voxels())
                .containsExactly(
                        0,
                        1,
                        4,
                        shape.index(0, 1, 0),
                        shape.index(0, 3, 0),
                        shape.index(1, 0, 0),
                        shape.index(2, 0, 0));
        assertThat(new Support(shape, corner).grown(2).count()).isEqualTo(1 + 6 + 12 + 1 + 2);
    }

    @Test
    void halfASupportIsCutAcrossItsLongestAxisAtItsMiddle() {
        Shape3 shape = new Shape3(2, 4, 9);
        byte[] rod = new byte[72];
        for (int x : new int[] {7, 8, 0, 1, 2}) {
            rod[x] = 1;
        }

        assertThat(new Support(shape, rod).half().voxels()).containsExactly(0, 1, 2);
    }

    private static Support all(Shape3 shape) {
        byte[] inside = new byte[shape.size()];
        Arrays.fill(inside, (byte) 1);
        return new Support(shape, inside);
    }
}
