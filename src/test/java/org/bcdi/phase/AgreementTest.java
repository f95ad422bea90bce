package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Shape3 SHAPE = new Shape3(1, 1, 4);

    @Test
    void anObjectAgreesWithItselfWhateverItsOffset() {
        ComplexVolume object = new ComplexVolume(SHAPE, ProjectionsTest.random(SHAPE, 2));
        Mask all = new Mask(SHAPE, new byte[] {1, 1, 1, 1});

        Agreement agreement = Agreement.of(object, all, new Alignment(false, 0, 0, 0, 2).apply(object), all);

        assertThat(agreement.correlation()).isCloseTo(1, within(1e-6));
        assertThat(agreement.amplitudeError()).isCloseTo(0, within(1e-6));
        assertThat(agreement.phaseRms()).isCloseTo(0, within(1e-6));
    }

    @Test
    void amplitudesAreComparedOverTheUnionAndPhasesOverTheIntersection() {
        ComplexVolume first = new ComplexVolume(SHAPE, new float[] {1, 0, 2, 0, 0, 0, 9, 9});
        ComplexVolume second = new ComplexVolume(SHAPE, new float[] {0, 0, 2, 0, 2, 0, -9, 0});
        Mask left = new Mask(SHAPE, new byte[] {1, 1, 0, 0});
        Mask right = new Mask(SHAPE, new byte[] {0, 1, 1, 0});

        Agreement agreement = Agreement.of(first, left, second, right);

        assertThat(agreement.correlation()).isCloseTo(4 / Math.sqrt(5 * 8), within(1e-9));
        assertThat(agreement.amplitudeError()).isCloseTo(1, within(1e-9));
        assertThat(agreement.phaseRms()).isCloseTo(0, within(1e-9));
    }

    @Test
    void phasesDifferByTheShorterWayRound() {
        Shape3 pair = new Shape3(1, 1, 2);
        Mask all = new Mask(pair, new byte[] {1, 1});
        ComplexVolume first = polar(pair, 3.1, -3.1);
        ComplexVolume second = polar(pair, -3.1, 3.1);

        assertThat(Agreement.of(first, all, second, all).phaseRms()).isCloseTo(2 * Math.PI - 6.2, within(1e-6));
    }

    @Test
    void alignsFirst() {
        Shape3 shape = new Shape3(5, 4, 6);
        ComplexVolume object = new ComplexVolume(shape, ProjectionsTest.random(shape, 3));
        byte[] some = new byte[shape.size()];
        some[7] = some[8] = some[50] = 1;
        Alignment move = new Alignment(true, 1, 2, 3, 1);

        Agreement agreement =
                Agreement.aligned(object, new Mask(shape, some), move.apply(object), move.apply(new Mask(shape, some)));

        assertThat(agreement.correlation()).isCloseTo(1, within(1e-5));
    }

    private static ComplexVolume polar(Shape3 shape, double... angles) {
        float[] data = new float[2 * angles.length];
        for (int i = 0; i < angles.length; i++) {
            data[2 * i] = (float) Math.cos(angles[i]);
            data[2 * i + 1] = (float) Math.sin(angles[i]);
        }
        return new ComplexVolume(shape, data);
    }
}
