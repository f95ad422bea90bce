package org.bcdi.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoiChoiceTest {
    @Test
    void nothingMeansTheWholeFrame() {
        assertThat(RoiChoice.parse("")).isEqualTo(new RoiChoice.Whole());
        assertThat(RoiChoice.parse("  ")).isEqualTo(new RoiChoice.Whole());
    }

    @Test
    void rowsComeBeforeColumns() {
        assertThat(RoiChoice.parse("10:20, 30:50")).isEqualTo(new RoiChoice.Fixed(new Roi(10, 20, 30, 50)));
    }

    @Test
    void autoNamesTheSizeOfTheBox() {
        assertThat(RoiChoice.parse("auto:256")).isEqualTo(new RoiChoice.Auto(256));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1:2,3:4", "auto:64"})
    void isWrittenAsItIsRead(String text) {
        assertThat(RoiChoice.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto",
                "auto:0",
                "auto:-4",
                "1:2",
                "1:2,3",
                "4:2,0:1",
                "0:0,0:1",
                "a:b,c:d",
                "99999999999:1,2:3",
                "auto:99999999999"
            })
    void whatIsNoRegionIsRefusedInItsOwnWords(String text) {
        assertThatThrownBy(() -> RoiChoice.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageNotContaining("For input");
    }
}
