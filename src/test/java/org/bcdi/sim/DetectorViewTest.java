package org.bcdi.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.mask.FrameMask;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class DetectorViewTest {
    /** 2 frames of 3x3, brightest in the middle of the second. */
    private static final Volume PATTERN =
            new Volume(new Shape3(2, 3, 3), new float[] {1, 1, 1, 1, 5, 1, 1, 1, 1, 2, 2, 2, 2, 9, 2, 2, 2, 2});

    @Test
    void withoutGapsThePatternIsCentred() {
        DetectorView view = DetectorView.nearGap(PATTERN, FrameMask.none(7, 5), 2);

        assertThat(view.pattern()).isEqualTo(new Roi(2, 5, 1, 4));
        assertThat(view.frames()).isEqualTo(2);
    }

    @Test
    void thePeakStandsAsFarFromTheGapAsAsked() {
        FrameMask gaps = column(9, 12, 6);

        for (int distance = 0; distance < 4; distance++) {
            Roi pattern = DetectorView.nearGap(PATTERN, gaps, distance).pattern();
            assertThat(Math.abs(pattern.x0() + 1 - 6)).isEqualTo(distance);
            assertThat(pattern.y0()).isEqualTo(3);
        }
    }

    @Test
    void gapsAndSurroundingsCountNothing() {
        DetectorView view = DetectorView.nearGap(PATTERN, column(3, 5, 2), 1);

        assertThat(view.pattern()).isEqualTo(new Roi(0, 3, 0, 3));
        assertThat(view.frame(1)).containsExactly(2, 2, 0, 0, 0, 2, 9, 0, 0, 0, 2, 2, 0, 0, 0);
    }

    @Test
    void aPatternLargerThanTheDetectorIsRefused() {
        assertThatThrownBy(() -> DetectorView.nearGap(PATTERN, FrameMask.none(2, 9), 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("3x3")
                .hasMessageContaining("2x9");
    }

    private static FrameMask column(int height, int width, int gap) {
        byte[] data = new byte[height * width];
        for (int row = 0; row < height; row++) {
            data[row * width + gap] = 1;
        }
        return new FrameMask(height, width, data);
    }
}
