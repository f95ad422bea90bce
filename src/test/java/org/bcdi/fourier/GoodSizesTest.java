package org.bcdi.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoodSizesTest {
    @ParameterizedTest
    @CsvSource({"1,1,1", "7,6,8", "11,10,12", "64,64,64", "67,64,72", "97,96,100", "201,200,216", "255,250,256"})
    void findsTheNeighbours(int size, int below, int above) {
        assertThat(GoodSizes.atMost(size)).isEqualTo(below);
        assertThat(GoodSizes.atLeast(size)).isEqualTo(above);
    }

    @Test
    void fitsAShapeIntoAnother() {
        assertThat(GoodSizes.atMost(new Shape3(201, 516, 1))).isEqualTo(new Shape3(200, 512, 1));
    }

    @Test
    void refusesASizeBelowOne() {
        assertThatThrownBy(() -> GoodSizes.atMost(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
