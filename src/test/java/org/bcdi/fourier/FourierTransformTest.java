package org.bcdi.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.Random;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourierTransformTest {
    @Test
    void forwardTurnsWithTheClock() {
        Shape3 shape = new Shape3(1, 1, 4);
        float[] data = {0, 0, 1, 0, 0, 0, 0, 0};

        new FourierTransform(shape).forward(data);

        assertThat(data).containsExactly(new float[] {1, 0, 0, -1, -1, 0, 0, 1}, offset(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"4,4,4", "3,5,7", "1,6,5", "2,1,9", "7,1,1", "1,1,1", "13,17,11", "6,10,35"})
    void everyAxisIsTheDiscreteTransform(int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        float[] data = random(shape, 3);
        double[] expected = slowForward(shape, data);

        new FourierTransform(shape).forward(data);

        for (int i = 0; i < data.length; i++) {
            assertThat((double) data[i]).isCloseTo(expected[i], offset(2e-6 * shape.size()));
        }
    }

    @ParameterizedTest
    @CsvSource({"8,8,8", "3,5,7", "1,6,5", "16,12,10", "19,1,23"})
    void orthonormalKeepsTheSumOfSquaresAndBackwardUndoesForward(int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        float[] data = random(shape, 5);
        float[] before = data.clone();
        FourierTransform transform = new FourierTransform(shape);

        transform.forwardOrthonormal(data);
        assertThat(power(data)).isCloseTo(power(before), offset(1e-5 * power(before)));

        transform.backwardOrthonormal(data);
        assertThat(data).containsExactly(before, offset(1e-5f));
    }

    @ParameterizedTest
    @CsvSource({"16,12,10,3", "8,8,8,8", "5,4,7,3", "1,6,5,1", "7,1,1,2", "2,3,3,4"})
    void framesOfZerosAndFramesThatNobodyWantsMayBeLeftOut(int nz, int ny, int nx, int frames) {
        Shape3 shape = new Shape3(nz, ny, nx);
        int filled = Math.min(frames, nz);
        float[] data = random(shape, 11);
        Arrays.fill(data, 2 * filled * shape.frameSize(), data.length, 0);
        float[] whole = data.clone();
        FourierTransform transform = new FourierTransform(shape);

        transform.forward(whole);
        transform.forwardOfFirst(filled, data);
        assertThat(data).containsExactly(whole, offset(1e-5f));

        transform.backward(whole);
        transform.backwardToOuter(frames, data);
        for (int i = 0; i < data.length; i++) {
            int z = i / 2 / shape.frameSize();
            if (z < frames || z >= nz - frames) {
                assertThat(data[i]).isCloseTo(whole[i], offset(1e-5f * shape.size()));
            }
        }
    }

    @Test
    void plainForwardAndBackwardMultiplyBySize() {
        Shape3 shape = new Shape3(3, 4, 5);
        float[] data = random(shape, 7);
        float[] before = data.clone();
        FourierTransform transform = new FourierTransform(shape);

        transform.forward(data);
        transform.backward(data);

        for (int i = 0; i < data.length; i++) {
            assertThat(data[i] / 60).isCloseTo(before[i], offset(1e-5f));
        }
    }

    @ParameterizedTest
    @CsvSource({"8,6,4", "5,7,9", "4,5,6"})
    void aPointAtTheStoredOriginGivesAFlatWaveWithPhaseZero(int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        float[] object = new float[2 * shape.size()];
        object[2 * shape.index(nz / 2, ny / 2, nx / 2)] = 1;

        ComplexVolume wave = FourierTransform.toDetector(new ComplexVolume(shape, object));

        float level = (float) (1 / Math.sqrt(shape.size()));
        for (int i = 0; i < shape.size(); i++) {
            assertThat(wave.data()[2 * i]).isCloseTo(level, offset(1e-6f));
            assertThat(wave.data()[2 * i + 1]).isCloseTo(0, offset(1e-6f));
        }
        assertThat(FourierTransform.toObject(wave).data()).containsExactly(object, offset(1e-6f));
    }

    @Test
    void theSameNumbersGiveTheSameBits() {
        Shape3 shape = new Shape3(33, 32, 31);
        float[] first = random(shape, 11);
        float[] second = first.clone();

        new FourierTransform(shape).forward(first);
        new FourierTransform(shape).forward(second);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void refusesAnArrayOfAnotherShape() {
        FourierTransform transform = new FourierTransform(new Shape3(2, 3, 4));
        assertThatThrownBy(() -> transform.forward(new float[24]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("48");
    }

    static float[] random(Shape3 shape, long seed) {
        Random random = new Random(seed);
        float[] data = new float[2 * shape.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) random.nextGaussian();
        }
        return data;
    }

    private static double power(float[] data) {
        double sum = 0;
        for (float value : data) {
            sum += (double) value * value;
        }
        return sum;
    }

    private static double[] slowForward(Shape3 shape, float[] data) {
        double[] result = new double[data.length];
        for (int k = 0; k < shape.size(); k++) {
            for (int i = 0; i < shape.size(); i++) {
                double turn = fraction(shape.nz(), k / shape.frameSize(), i / shape.frameSize())
                        + fraction(shape.ny(), k / shape.nx() % shape.ny(), i / shape.nx() % shape.ny())
                        + fraction(shape.nx(), k % shape.nx(), i % shape.nx());
                double c = Math.cos(-2 * Math.PI * turn);
                double s = Math.sin(-2 * Math.PI * turn);
                result[2 * k] += c * data[2 * i] - s * data[2 * i + 1];
                result[2 * k + 1] += s * data[2 * i] + c * data[2 * i + 1];
            }
        }
        return result;
    }

    private static double fraction(int extent, int k, int x) {
        return (double) (k * x % extent) / extent;
    }
}
