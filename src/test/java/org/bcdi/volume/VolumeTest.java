package org.bcdi.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.junit.jupiter.api.Test;

class VolumeTest {
    private static final Shape3 SHAPE = new Shape3(2, 3, 4);

    @Test
    void theLastAxisIsTheFastest() {
        assertThat(SHAPE.index(0, 0, 1)).isEqualTo(1);
        assertThat(SHAPE.index(0, 1, 0)).isEqualTo(4);
        assertThat(SHAPE.index(1, 0, 0)).isEqualTo(12);
        assertThat(SHAPE.index(1, 2, 3)).isEqualTo(SHAPE.size() - 1);
        assertThat(counting().at(1, 2, 0)).isEqualTo(20);
    }

    @Test
    void stridesAreTheStepsOfTheIndex() {
        for (int axis = 0; axis < 3; axis++) {
            int step = SHAPE.index(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0);
            assertThat(SHAPE.stride(axis)).isEqualTo(step);
        }
        assertThatThrownBy(() -> SHAPE.length(3)).hasMessageContaining("3");
    }

    @Test
    void slicesShowTheOtherTwoAxesInTheirOrder() {
        assertThat(counting().slice(0, 1)).isDeepEqualTo(new float[][] {
            {12, 13, 14, 15},
            {16, 17, 18, 19},
            {20, 21, 22, 23}
        });
        assertThat(counting().slice(1, 2)).isDeepEqualTo(new float[][] {
            {8, 9, 10, 11},
            {20, 21, 22, 23}
        });
        assertThat(counting().slice(2, 3)).isDeepEqualTo(new float[][] {
            {3, 7, 11},
            {15, 19, 23}
        });
    }

    @Test
    void aBoxIsCutOut() {
        Volume box = counting().crop(new Region3(1, 1, 2, new Shape3(1, 2, 2)));
        assertThat(box.data()).containsExactly(18, 19, 22, 23);
        assertThatThrownBy(() -> counting().crop(new Region3(1, 0, 0, SHAPE))).hasMessageContaining("2x3x4");
    }

    @Test
    void sizesThatAreNoneOrTooLargeAreRefused() {
        assertThatThrownBy(() -> new Shape3(1, 0, 1)).hasMessageContaining("1x0x1");
        assertThatThrownBy(() -> new Shape3(2048, 1024, 1024)).hasMessageContaining("2^31");
        assertThatThrownBy(() -> new Shape3(1 << 22, 1 << 22, 1 << 22)).hasMessageContaining("2^31");
        assertThat(new Region3(Integer.MAX_VALUE, 0, 0, SHAPE).fitsIn(SHAPE)).isFalse();
        assertThat(new Region3(1, 0, 2, new Shape3(1, 3, 2)).fitsIn(SHAPE)).isTrue();
        assertThatThrownBy(() -> new Volume(SHAPE, new float[23])).hasMessageContaining("24 values, got 23");
        assertThatThrownBy(() -> new ComplexVolume(SHAPE, new float[24])).hasMessageContaining("48 values, got 24");
        assertThatThrownBy(() -> new Region3(0, -1, 0, SHAPE)).hasMessageContaining("-1");
    }

    @Test
    void aRegionOfAFrameIsRowsThenColumns() {
        Roi roi = new Roi(10, 13, 20, 25);
        assertThat(roi).hasToString("10:13,20:25");
        assertThat(roi.height()).isEqualTo(3);
        assertThat(roi.width()).isEqualTo(5);
        assertThat(roi.fitsIn(13, 25)).isTrue();
        assertThat(roi.fitsIn(12, 25)).isFalse();
        assertThatThrownBy(() -> new Roi(5, 5, 0, 1)).hasMessageContaining("5:5,0:1");
    }

    @Test
    void amplitudeAndPhaseAreThoseOfTheComplexNumbers() {
        ComplexVolume object = new ComplexVolume(new Shape3(1, 1, 4), new float[] {3, 4, 0, -2, -1, 0, 0, 0});
        assertThat(object.amplitude().data()).containsExactly(5, 2, 1, 0);
        assertThat(object.phase().data())
                .containsExactly((float) Math.atan2(4, 3), (float) (-Math.PI / 2), (float) Math.PI, 0);
    }

    @Test
    @EnabledIfPython("numpy")
    void theOrderIsThatOfNumPy() {
        String told = Python.run("""
                import numpy
                volume = numpy.arange(24).reshape(2, 3, 4)
                print(volume[1, 2, 0], volume[:, 2].tolist(), volume[1:2, 1:3, 2:4].ravel().tolist())
                """);
        assertThat(told).isEqualTo("20 [[8, 9, 10, 11], [20, 21, 22, 23]] [18, 19, 22, 23]");
    }

    private static Volume counting() {
        float[] values = new float[SHAPE.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return new Volume(SHAPE, values);
    }
}
