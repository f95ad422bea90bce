package org.bcdi.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaneLinesTest {
    @ParameterizedTest
    @CsvSource({
        "4,4,4",
        "1,1,1",
        "1,1,30",
        "1,9,1",
        "25,1,1",
        "2,3,5",
        "5,4,3",
        "3,60,2",
        "64,30,96",
        "7,1,1",
        "128,16,8",
        "6,135,4",
        "3,4,256",
        "50,150,9"
    })
    void doesWhatJTransformsDoes(int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        if (!LaneLines.transforms(shape)) {
            assertThatThrownBy(() -> new LaneLines(shape)).hasMessageContaining("products of 2, 3 and 5");
            return;
        }
        for (boolean forward : new boolean[] {true, false}) {
            float[] expected = FourierTransformTest.random(shape, 4);
            float[] data = expected.clone();
            transform(new JTransformsLines(shape), shape, expected, forward);
            transform(new LaneLines(shape), shape, data, forward);
            assertThat(difference(data, expected)).isLessThan(1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 8, 9, 10, 15, 16, 27, 64, 100, 125, 128, 243, 256, 360, 512})
    void anyGoodLengthOnEachAxis(int length) {
        for (Shape3 shape :
                new Shape3[] {new Shape3(1, 1, length), new Shape3(1, length, 2), new Shape3(length, 1, 3)}) {
            float[] expected = FourierTransformTest.random(shape, length);
            float[] data = expected.clone();
            transform(new JTransformsLines(shape), shape, expected, true);
            transform(new LaneLines(shape), shape, data, true);
            assertThat(difference(data, expected)).as("%s", shape).isLessThan(1e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({"8,6,4", "1,5,6", "9,1,2", "7,5,3", "2,20,11", "20,3,200"})
    void aRoundTripIsForwardTheChangeAndBackward(int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        FourierTransform transform = new FourierTransform(shape);
        float[] before = FourierTransformTest.random(shape, 6);
        float[] weight = FourierTransformTest.random(shape, 7);
        float[] expected = before.clone();
        transform.forward(expected);
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= weight[i / 2];
        }
        transform.backward(expected);

        float[] data = new float[before.length];
        int slab = 2 * shape.frameSize();
        float[] doubled = new float[before.length];
        transform.roundTrip(
                data,
                z -> System.arraycopy(before, z * slab, data, z * slab, slab),
                (first, re, im, count) -> {
                    for (int i = 0; i < count; i++) {
                        re[i] *= weight[first + i];
                        im[i] *= weight[first + i];
                    }
                },
                z -> {
                    for (int i = z * slab; i < (z + 1) * slab; i++) {
                        doubled[i] += 2 * data[i];
                    }
                });

        assertThat(difference(data, expected)).isLessThan(1e-6);
        for (int i = 0; i < data.length; i++) {
            assertThat(doubled[i]).as("each slab is told of once").isEqualTo(2 * data[i]);
        }
    }

    @Test
    void resultsDoNotDependOnWhoComputes() {
        Shape3 shape = new Shape3(12, 30, 45);
        LaneLines lines = new LaneLines(shape);
        float[] alone = FourierTransformTest.random(shape, 8);
        float[] together = alone.clone();
        transform(lines, shape, alone, true);
        new FourierTransform(shape).forward(together);
        assertThat(together).containsExactly(alone, offset(0f));
    }

    private static void transform(LineTransforms lines, Shape3 shape, float[] data, boolean forward) {
        for (int z = 0; z < shape.nz(); z += lines.framesOfBlock()) {
            lines.frames(data, z, Math.min(lines.framesOfBlock(), shape.nz() - z), forward);
        }
        for (int column = 0; column < shape.frameSize(); column += lines.columnsOfBlock()) {
            lines.columns(data, column, Math.min(lines.columnsOfBlock(), shape.frameSize() - column), forward);
        }
    }

    /** Of the norm. */
    private static double difference(float[] data, float[] expected) {
        double difference = 0;
        double power = 0;
        for (int i = 0; i < data.length; i++) {
            difference += Math.pow(data[i] - expected[i], 2);
            power += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / power);
    }
}
