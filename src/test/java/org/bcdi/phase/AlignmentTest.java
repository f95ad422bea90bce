package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import org.bcdi.fourier.FourierTransform;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {
    private static final Shape3 SHAPE = new Shape3(7, 6, 8);
    private static final ComplexVolume OBJECT = new ComplexVolume(SHAPE, ProjectionsTest.random(SHAPE, 1));

    @ParameterizedTest
    @CsvSource({"false,0,0,0,0", "true,0,0,0,0", "false,2,-1,3,0.7", "true,-3,2,-2,-2.5", "true,1,3,4,3.1"})
    void undoesTwinShiftAndOffset(boolean twin, int dz, int dy, int dx, double angle) {
        ComplexVolume moved = new Alignment(twin, dz, dy, dx, angle).apply(OBJECT);

        ComplexVolume back = Alignment.of(OBJECT, moved).apply(moved);

        assertThat(back.data()).containsExactly(OBJECT.data(), offset(1e-5f));
        assertThat(Alignment.of(OBJECT, moved).twin()).isEqualTo(twin);
    }

    @Test
    void theTwinHasTheSameIntensity() {
        float[] wave = FourierTransform.toDetector(OBJECT).data();
        float[] twin = FourierTransform.toDetector(Alignment.twin(OBJECT)).data();
        for (int i = 0; i < SHAPE.size(); i++) {
            assertThat(Math.hypot(twin[2 * i], twin[2 * i + 1]))
                    .isCloseTo(Math.hypot(wave[2 * i], wave[2 * i + 1]), within(1e-5));
        }
        assertThat(Alignment.twin(Alignment.twin(OBJECT)).data()).isEqualTo(OBJECT.data());
    }

    @Test
    void masksMoveWithTheirObjects() {
        float[] data = new float[2 * SHAPE.size()];
        byte[] mask = new byte[SHAPE.size()];
        int at = SHAPE.index(1, 2, 3);
        data[2 * at] = 1;
        mask[at] = 1;
        Alignment alignment = new Alignment(true, 2, -1, 3, 0);

        ComplexVolume object = alignment.apply(new ComplexVolume(SHAPE, data));
        Mask support = alignment.apply(new Mask(SHAPE, mask));

        for (int i = 0; i < SHAPE.size(); i++) {
            assertThat(support.masked(i)).isEqualTo(object.data()[2 * i] == 1);
        }
        assertThat(support.count()).isEqualTo(1);
    }

    @Test
    void refusesObjectsOfDifferentShapes() {
        ComplexVolume other = new ComplexVolume(new Shape3(1, 1, 1), new float[2]);
        assertThatThrownBy(() -> Alignment.of(OBJECT, other)).isInstanceOf(IllegalArgumentException.class);
    }
}
