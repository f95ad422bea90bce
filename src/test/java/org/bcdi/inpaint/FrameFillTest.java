package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Path;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.testing.Npz;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrameFillTest {
    private static FrameFill fill;

    @BeforeAll
    static void open() {
        fill = FrameFill.open(ExecutionProvider.CPU, 0);
    }

    @AfterAll
    static void close() {
        fill.close();
    }

    @Test
    void aFrameIsFilledAsInTheTraining() throws IOException {
        Path golden = Path.of("models/golden/inpaint-frame128.npz");
        float[] mask = Npz.read(golden, "mask").values();
        float[] counts = Npz.read(golden, "counts").values();
        float[] expected = Npz.read(golden, "filled").values();
        float[][] frame = new float[150][290];
        for (int i = 0; i < counts.length; i++) {
            frame[i / 290][i % 290] = mask[i] > 0 ? Float.NaN : counts[i];
        }

        float[][] filled = fill.fill(frame);

        for (int i = 0; i < counts.length; i++) {
            float found = filled[i / 290][i % 290];
            if (mask[i] > 0) {
                assertThat(Math.log1p(found)).isCloseTo(expected[i], offset(1e-3));
            } else {
                assertThat(found).isEqualTo(counts[i]);
            }
        }
    }

    @Test
    void aSmallFrameLiesInTheMiddleOfOneWindow() {
        float[][] frame = new float[20][33];
        for (float[] row : frame) {
            java.util.Arrays.fill(row, 7);
            row[10] = Float.NaN;
        }

        float[][] filled = fill.fill(frame);

        for (float[] row : filled) {
            assertThat(row[9]).isEqualTo(7);
            assertThat(row[10]).isBetween(3f, 12f);
        }
    }

    @Test
    void aFrameWithoutGapsIsItself() {
        float[][] frame = {{1, 2}, {3, 4}};

        assertThat(fill.fill(frame)).isDeepEqualTo(frame);
    }

    @Test
    void aFrameWithNothingMeasuredStaysFinite() {
        float[][] frame = {{Float.NaN, Float.NaN}};

        for (float value : fill.fill(frame)[0]) {
            assertThat(value).isBetween(0f, 10f);
        }
    }
}
