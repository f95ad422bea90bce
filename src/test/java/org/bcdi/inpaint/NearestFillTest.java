package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.mask.Mask;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestFillTest {
    @Test
    void takesTheNearestAlongALineTheLowerOfTwoEquallyNear() {
        assertThat(filled(new Shape3(1, 1, 6), new float[] {3, 0, 0, 0, 0, 8}, new byte[] {0, 1, 1, 1, 1, 0}))
                .containsExactly(3, 3, 8, 8);
        assertThat(filled(new Shape3(1, 3, 1), new float[] {3, 0, 8}, new byte[] {0, 1, 0}))
                .containsExactly(3);
    }

    @Test
    void measuresTheStraightDistance() {
        // The last voxel is 3 from the 1 along x and sqrt(5) from the 2
        float[] log = {0, 0, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0};
        byte[] mask = {1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1};

        assertThat(filled(new Shape3(1, 3, 4), log, mask)[9]).isEqualTo(2);
    }

    @Test
    void nothingMeasuredGivesNothing() {
        assertThat(filled(new Shape3(2, 1, 1), new float[2], new byte[] {1, 1})).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"9,7,11,0.7", "5,12,6,0.97", "1,20,3,0.5"})
    void noMeasuredVoxelIsNearerThanTheOneTaken(int nz, int ny, int nx, double chance) {
        Shape3 shape = new Shape3(nz, ny, nx);
        Mask mask = Scenes.random(shape, chance, 3);
        Gaps gaps = Gaps.of(mask);
        float[] log = new float[shape.size()];
        for (int i = 0; i < log.length; i++) {
            log[i] = mask.masked(i) ? 0 : i;
        }

        float[] filled = filled(shape, log, mask.data());

        for (int gap = 0; gap < gaps.count(); gap++) {
            int taken = (int) filled[gap];
            assertThat(mask.masked(taken)).isFalse();
            int nearest = Integer.MAX_VALUE;
            for (int i = 0; i < log.length; i++) {
                if (!mask.masked(i)) {
                    nearest = Math.min(nearest, square(shape, gaps.voxel(gap), i));
                }
            }
            assertThat(square(shape, gaps.voxel(gap), taken)).isEqualTo(nearest);
        }
    }

    private static int square(Shape3 shape, int a, int b) {
        int dz = a / shape.frameSize() - b / shape.frameSize();
        int dy = a / shape.nx() % shape.ny() - b / shape.nx() % shape.ny();
        int dx = a % shape.nx() - b % shape.nx();
        return dz * dz + dy * dy + dx * dx;
    }

    /** The values taken by the gap voxels, in order; whole numbers up to a thousand. */
    private static float[] filled(Shape3 shape, float[] values, byte[] mask) {
        Gaps gaps = Gaps.of(shape, mask);
        float[] log = new float[values.length];
        for (int i = 0; i < log.length; i++) {
            log[i] = values[i] / 50;
        }
        float[] intensity = NearestFill.estimate(gaps, log, Monitor.NONE)
                .inPhotons(Volume.zeros(shape), gaps, log, 0, Double.NaN)
                .intensity()
                .data();
        float[] taken = gaps.pick(intensity);
        for (int i = 0; i < taken.length; i++) {
            taken[i] = Math.round(50 * Math.log1p(taken[i]));
        }
        return taken;
    }
}
