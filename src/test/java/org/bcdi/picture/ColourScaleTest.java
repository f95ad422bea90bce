package org.bcdi.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColourScaleTest {
    @Test
    void photonsStartAtZeroAndAreTickedByDecades() {
        ColourScale scale = ColourScale.photons(ColourMap.VIRIDIS, 165_297);
        assertThat(scale.ticks())
                .extracting(ColourScale.Tick::label)
                .containsExactly("0", "1", "10", "100", "1k", "10k", "100k");
        assertThat(scale.fraction(0)).isZero();
        assertThat(scale.fraction(-3)).isZero();
        assertThat(scale.fraction(165_297)).isCloseTo(1, within(1e-12));
    }

    @Test
    void photonsWithoutAnyPhotonStillHaveAScale() {
        assertThat(ColourScale.photons(ColourMap.VIRIDIS, 0).high()).isEqualTo(1);
    }

    @Test
    void linearTicksAreRoundNumbers() {
        assertThat(ColourScale.linear(ColourMap.GREY, 12).ticks())
                .extracting(ColourScale.Tick::label)
                .containsExactly("0", "5", "10");
        assertThat(ColourScale.linear(ColourMap.GREY, 0.37).ticks())
                .extracting(ColourScale.Tick::label)
                .containsExactly("0", "0.1", "0.2", "0.3");
        assertThat(ColourScale.linear(ColourMap.GREY, 2.6e6).ticks())
                .extracting(ColourScale.Tick::label)
                .containsExactly("0", "1M", "2M");
    }

    @Test
    void phaseHasTheSameColourAtBothEnds() {
        ColourScale scale = ColourScale.phase();
        assertThat(scale.rgb(Math.PI)).isEqualTo(scale.rgb(-Math.PI));
        assertThat(scale.rgb(0)).isNotEqualTo(scale.rgb(Math.PI));
    }

    @Test
    void colourMapsClampAndMix() {
        assertThat(ColourMap.VIRIDIS.rgb(-1)).isEqualTo(0x440154);
        assertThat(ColourMap.VIRIDIS.rgb(2)).isEqualTo(0xfde725);
        assertThat(ColourMap.mix(0x000000, 0xffffff, 0.5)).isEqualTo(0x808080);
    }
}
