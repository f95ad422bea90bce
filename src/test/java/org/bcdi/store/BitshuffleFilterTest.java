package org.bcdi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.bcdi.task.BcdiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitshuffleFilterTest {
    private final BitshuffleFilter filter = new BitshuffleFilter();

    @Test
    void theFirstPlaneHoldsTheLowestBitOfEightElements() {
        byte[] planes = {0b0000_0001, 0b0000_0010, 0, 0, 0, 0, 0, (byte) 0b1000_0000};

        assertThat(filter.decode(planes, new int[] {0, 3, 1, 8, 0})).containsExactly(1, 2, 0, 0, 0, 0, 0, -128);
    }

    @ParameterizedTest
    @CsvSource({"1, 8, 8", "2, 8, 64", "4, 64, 273", "8, 128, 1000", "4, 0, 5000", "2, 16, 7", "1, 8, 0"})
    void wholeShortAndPlainBlocksComeBack(int elementBytes, int block, int elements) {
        byte[] data = new byte[elements * elementBytes];
        new Random(3).nextBytes(data);
        int blockElements = block > 0 ? block : 8192 / elementBytes;

        byte[] encoded = shuffled(data, elementBytes, blockElements);

        assertThat(filter.decode(encoded, new int[] {0, 3, elementBytes, block, 0}))
                .containsExactly(data);
    }

    @Test
    void anotherCompressionIsRefused() {
        assertThatThrownBy(() -> filter.decode(new byte[8], new int[] {0, 3, 1, 8, 3}))
                .isInstanceOf(BcdiException.class)
                .hasMessageContaining("compression 3");
    }

    /** The definition, bit by bit: plane k of a block holds bit k of its elements in order. */
    private static byte[] shuffled(byte[] data, int elementBytes, int blockElements) {
        byte[] out = data.clone();
        int whole = data.length / elementBytes / 8 * 8;
        for (int first = 0; first < whole; first += blockElements) {
            int elements = Math.min(blockElements, whole - first);
            int start = first * elementBytes;
            Arrays.fill(out, start, start + elements * elementBytes, (byte) 0);
            for (int element = 0; element < elements; element++) {
                for (int bit = 0; bit < 8 * elementBytes; bit++) {
                    int value = data[start + element * elementBytes + bit / 8] >> (bit % 8) & 1;
                    int position = bit * elements + element;
                    out[start + position / 8] |= (byte) (value << (position % 8));
                }
            }
        }
        return out;
    }
}
