package org.bcdi.fourier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the profile {@code mkl} is on. */
@EnabledIf("there")
class MklLinesTest {
    static boolean there() {
        return MklLines.available();
    }

    @ParameterizedTest
    @CsvSource({"4,4,4", "3,5,7", "1,6,5", "7,1,1", "64,30,97"})
    void doesWhatJTransformsDoes(int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        for (boolean forward : new boolean[] {true, false}) {
            assertSame(shape, (lines, data) -> {
                for (int z = 0; z < nz; z++) {
                    lines.frame(data, z * shape.frameSize(), forward);
                }
            });
            assertSame(shape, (lines, data) -> {
                for (int y = 0; y < ny; y++) {
                    lines.columns(data, y * nx, forward);
                }
            });
        }
    }

    private static void assertSame(Shape3 shape, BiConsumer<LineTransforms, float[]> all) {
        float[] expected = FourierTransformTest.random(shape, 4);
        float[] data = expected.clone();
        all.accept(new JTransformsLines(shape), expected);
        all.accept(new MklLines(shape), data);
        double difference = 0;
        double power = 0;
        for (int i = 0; i < data.length; i++) {
            difference += Math.pow(data[i] - expected[i], 2);
            power += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference / power)).isLessThan(1e-6);
    }
}
