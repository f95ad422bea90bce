package org.bcdi.detector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PixelTypeTest {
    @ParameterizedTest
    @CsvSource({"UINT8, 253", "UINT16, 65533", "UINT32, 4294967293"})
    void theTwoHighestValuesOfAnUnsignedTypeMeasureNothing(PixelType type, double highest) {
        assertThat(type.invalid(highest)).isFalse();
        assertThat(type.invalid(highest + 1)).isTrue();
        assertThat(type.invalid(highest + 2)).isTrue();
    }

    @Test
    void whatADoubleKnowsOfTheHighestOfSixtyFourBitsMeasuresNothing() {
        assertThat(PixelType.UINT64.invalid(0x1p64)).isTrue();
        assertThat(PixelType.UINT64.invalid(0x1p63)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"INT64", "UINT64", "FLOAT32", "FLOAT64"})
    void theTwoHighestValuesOfThirtyTwoBitsMeasureNothingInAWiderTypeEither(PixelType type) {
        double step = type == PixelType.FLOAT32 ? 1024 : 1;
        assertThat(type.invalid(0x1p32 - 2 - step)).isFalse();
        assertThat(type.invalid(type == PixelType.FLOAT32 ? (float) 0xfffffffeL : 0xfffffffeL))
                .isTrue();
        assertThat(type.invalid(type == PixelType.FLOAT32 ? (float) 0xffffffffL : 0xffffffffL))
                .isTrue();
        assertThat(type.invalid(0x1p32 + step)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"INT8, 127", "INT16, 32767", "INT32, 2147483647", "FLOAT32, 1e30", "FLOAT64, 1e38"})
    void theHighestValueOfASignedTypeIsACount(PixelType type, double value) {
        assertThat(type.invalid(value)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void noNumberAndNegativeOnesMeasureNothingAndZeroIsACount(PixelType type) {
        assertThat(type.invalid(Double.NaN)).isTrue();
        assertThat(type.invalid(Double.POSITIVE_INFINITY)).isTrue();
        assertThat(type.invalid(1e300)).isTrue();
        assertThat(type.invalid(-1)).isTrue();
        assertThat(type.invalid(0)).isFalse();
    }
}
