package org.bcdi.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PanelTest {
    private static final ColourScale GREY = ColourScale.linear(ColourMap.GREY, 4);
    private static final int BLANK = 0xff0000;

    @Test
    void repeatsValuesWhenEnlarged() {
        Panel panel = new Panel("", "", new float[][] {{0, 4}}, BLANK, GREY);
        assertThat(panel.rgb(2, 0, 3, 4)).isEqualTo(GREY.rgb(0));
        assertThat(panel.rgb(2, 1, 3, 4)).isEqualTo(GREY.rgb(0));
        assertThat(panel.rgb(0, 2, 3, 4)).isEqualTo(GREY.rgb(4));
    }

    @Test
    void showsTheMeanWhenReduced() {
        Panel panel = new Panel("", "", new float[][] {{0, 4}, {2, 2}}, BLANK, GREY);
        assertThat(panel.rgb(0, 0, 1, 1)).isEqualTo(GREY.rgb(2));
    }

    @Test
    void showsNoAngleThatIsNotThereWhenReduced() {
        ColourScale phase = ColourScale.phase();
        float[] wraps = {3.1f, -3.1f, 3.1f, -3.1f, 3.1f, -3.1f};
        Panel panel = new Panel("", "", new float[][] {wraps, wraps, wraps}, BLANK, phase);
        for (int x = 0; x < 2; x++) {
            assertThat(panel.rgb(0, x, 1, 2)).isIn(phase.rgb(3.1f), phase.rgb(-3.1f));
        }
    }

    @Test
    void isBlankWhereMostValuesAreUnknown() {
        float unknown = Float.NaN;
        Panel panel = new Panel("", "", new float[][] {{unknown, unknown, 3}, {1, 2, 3}}, BLANK, GREY);
        assertThat(panel.rgb(0, 0, 2, 1)).isEqualTo(BLANK);
        assertThat(panel.rgb(1, 0, 2, 1)).isEqualTo(GREY.rgb(2));
    }

    @Test
    void measuresTextAndAsksForUnknownLetters() {
        assertThat(Lettering.SMALL.width("fringes")).isGreaterThan(30);
        assertThat(Lettering.BOLD.fitting("inpainted", 20)).isEqualTo("in");
        assertThat(Lettering.SMALL.width("\u4e2d")).isEqualTo(Lettering.SMALL.width("?"));
    }
}
