package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static final Shape3 SHAPE = new Shape3(7, 9, 11);

    @Test
    void acrossAGapIsTheShortestWayAlongAnAxis() {
        Gaps gaps = Gaps.of(Scenes.cross(SHAPE, 3, 6, 2));
        assertThat(gaps.across(SHAPE.index(0, 3, 0), 20)).isEqualTo(2);
        assertThat(gaps.across(SHAPE.index(6, 4, 10), 20)).isEqualTo(2);
        assertThat(gaps.across(SHAPE.index(3, 0, 7), 20)).isEqualTo(2);
    }

    @Test
    void whereGapsCrossEveryWayIsLongAndIsCountedNoFartherThanAsked() {
        Gaps gaps = Gaps.of(Scenes.cross(SHAPE, 3, 6, 2));
        int middle = SHAPE.index(2, 4, 6);
        assertThat(gaps.across(middle, 20)).isEqualTo(7);
        assertThat(gaps.across(middle, 5)).isEqualTo(5);
        assertThat(gaps.across(middle, 1)).isEqualTo(1);
    }

    @Test
    void aGapAtTheBorderEndsThere() {
        byte[] mask = new byte[SHAPE.size()];
        for (int x = 0; x < 3; x++) {
            mask[SHAPE.index(0, 0, x)] = 1;
        }
        Gaps gaps = Gaps.of(SHAPE, mask);
        assertThat(gaps.across(SHAPE.index(0, 0, 1), 20)).isEqualTo(1);
    }
}
