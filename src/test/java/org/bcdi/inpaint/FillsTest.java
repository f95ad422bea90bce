package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.task.CancelledException;
import org.bcdi.task.InputException;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FillsTest {
    private static final Shape3 SHAPE = new Shape3(20, 44, 40);

    @ParameterizedTest
    @ValueSource(strings = {"linear", "nearest", "biharmonic", "ridge"})
    void fillsEveryGapAndTouchesNothingElse(String fill) {
        Volume counts = Scenes.peak(SHAPE);
        for (int seed = 0; seed < 3; seed++) {
            Mask mask = Scenes.awkward(SHAPE, seed);

            Inpainted filled = open(fill).fill(counts, mask, Monitor.NONE);

            assertThat(filled.gapVoxels()).isEqualTo(mask.count());
            assertThat(filled.patches()).isZero();
            for (int i = 0; i < SHAPE.size(); i++) {
                float intensity = filled.intensity().data()[i];
                if (mask.masked(i)) {
                    assertThat(Float.isFinite(intensity) && intensity >= 0).isTrue();
                } else {
                    assertThat(intensity).isEqualTo(counts.data()[i]);
                    assertThat(filled.deviation().data()[i]).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "nearest", "biharmonic", "ridge", "none"})
    void stopsWhenAsked(String fill) {
        Monitor cancelled = new Monitor() {
            @Override
            public void progress(double fraction) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        Mask mask = Scenes.cross(SHAPE, 20, 20, 3);

        assertThatThrownBy(() -> open(fill).fill(Scenes.peak(SHAPE), mask, cancelled))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void noneLeavesGapsAtZeroOfUnknownDeviation() {
        Mask mask = Scenes.cross(SHAPE, 20, 20, 3);

        Inpainted filled = open("none").fill(Scenes.peak(SHAPE), mask, Monitor.NONE);

        int gap = SHAPE.index(3, 21, 7);
        assertThat(filled.intensity().data()[gap]).isZero();
        assertThat(filled.deviation().data()[gap]).isNaN();
        assertThat(filled.deviation().at(3, 4, 7)).isZero();
    }

    @Test
    void linearJoinsLogarithmsOfCounts() {
        Shape3 row = new Shape3(1, 1, 3);

        Inpainted filled = open("linear")
                .fill(new Volume(row, new float[] {3, 77, 15}), new Mask(row, new byte[] {0, 1, 0}), Monitor.NONE);

        assertThat(filled.intensity().data()).containsExactly(3, 7, 15);
        assertThat(filled.deviation().data()).containsExactly(0, Float.NaN, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cubic", "", "Linear", "inpaint"})
    void anUnknownFillIsRefusedWithTheChoices(String fill) {
        assertThatThrownBy(() -> open(fill))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'" + fill + "' is unknown; choose auto, linear");
    }

    @Test
    void aModelOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> open("src/test/resources/models/half.onnx"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("[-1, 2, 4, 4, 4]");
    }

    @Test
    void aMaskOfAnotherShapeIsAMistakeOfTheProgram() {
        assertThatThrownBy(() -> open("linear").fill(Scenes.peak(SHAPE), Mask.none(new Shape3(1, 1, 1)), Monitor.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static GapFiller open(String fill) {
        return Fills.open(fill, ExecutionProvider.CPU, 0);
    }
}
