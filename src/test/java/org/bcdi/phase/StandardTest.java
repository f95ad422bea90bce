package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardTest {
    private static final Shape3 SHAPE = new Shape3(12, 11, 16);

    @ParameterizedTest
    @CsvSource({"false,0,0,0,0", "true,0,0,0,0", "false,5,-4,7,1", "true,-6,3,8,-2", "false,6,5,8,3"})
    void twinShiftAndOffsetMakeNoDifference(boolean twin, int dz, int dy, int dx, double angle) {
        ComplexVolume object = blob();
        Alignment move = new Alignment(twin, dz, dy, dx, angle);
        Mask support = support(object);

        Standard plain = Standard.of(solution(object, support));
        Standard moved = Standard.of(solution(move.apply(object), move.apply(support)));

        assertThat(moved.object().data()).containsExactly(plain.object().data(), offset(1e-5f));
        assertThat(moved.support().data()).isEqualTo(plain.support().data());
    }

    /** A lopsided box with a phase that is even and odd in parts. */
    private static ComplexVolume blob() {
        float[] data = new float[2 * SHAPE.size()];
        for (int z = 3; z < 8; z++) {
            for (int y = 4; y < 7; y++) {
                for (int x = 6; x < 11 + (z == 3 ? 1 : 0); x++) {
                    int i = 2 * SHAPE.index(z, y, x);
                    double angle = 0.1 * (x - 8) * (x - 8) + 0.2 * (z - 5);
                    double amplitude = 1 + 0.1 * (x - 6);
                    data[i] = (float) (amplitude * Math.cos(angle));
                    data[i + 1] = (float) (amplitude * Math.sin(angle));
                }
            }
        }
        return new ComplexVolume(SHAPE, data);
    }

    private static Mask support(ComplexVolume object) {
        byte[] inside = new byte[SHAPE.size()];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) (object.data()[2 * i] != 0 ? 1 : 0);
        }
        return new Mask(SHAPE, inside);
    }

    private static Solution solution(ComplexVolume object, Mask support) {
        return new Solution(object, new Support(SHAPE, support.data()), Response.IDEAL);
    }
}
