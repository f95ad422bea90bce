package org.bcdi.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftTest {
    @Test
    void movesTheOriginToTheMiddleOfAnEvenRow() {
        assertThat(Shift.toCentre(new Shape3(1, 1, 4), new float[] {0, 1, 2, 3}))
                .containsExactly(2, 3, 0, 1);
    }

    @Test
    void movesTheOriginToTheMiddleOfAnOddRow() {
        assertThat(Shift.toCentre(new Shape3(1, 1, 5), new float[] {0, 1, 2, 3, 4}))
                .containsExactly(3, 4, 0, 1, 2);
        assertThat(Shift.fromCentre(new Shape3(1, 1, 5), new float[] {3, 4, 0, 1, 2}))
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void keepsRealAndImaginaryPartsTogether() {
        assertThat(Shift.toCentre(new Shape3(1, 2, 2), new float[] {1, -1, 2, -2, 3, -3, 4, -4}))
                .containsExactly(4, -4, 3, -3, 2, -2, 1, -1);
    }

    @ParameterizedTest
    @CsvSource({"4,6,8", "3,5,7", "1,4,5", "2,1,3"})
    void eachDirectionUndoesTheOther(int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        float[] data = FourierTransformTest.random(shape, 1);

        assertThat(Shift.fromCentre(shape, Shift.toCentre(shape, data))).isEqualTo(data);
        assertThat(Shift.toCentre(shape, Shift.fromCentre(shape, data))).isEqualTo(data);
    }

    @Test
    void theOriginLandsAtHalfTheExtentAlongEveryAxis() {
        Shape3 shape = new Shape3(5, 4, 3);
        float[] data = new float[60];
        data[0] = 1;

        assertThat(Shift.toCentre(shape, data)[shape.index(2, 2, 1)]).isEqualTo(1);
    }

    @Test
    void rollsMasksByAnyAmount() {
        assertThat(Shift.roll(new Shape3(1, 1, 3), new byte[] {1, 0, 0}, 0, 0, -7))
                .containsExactly(0, 0, 1);
    }

    @Test
    void refusesAnArrayOfAnotherShape() {
        assertThatThrownBy(() -> Shift.toCentre(new Shape3(2, 2, 2), new float[9]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 9");
    }
}
