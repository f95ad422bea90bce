package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;

class MeanProductsTest {
    @Test
    void areTheSumsOverTheVolumeBySteps() {
        Shape3 shape = new Shape3(5, 9, 7);
        float[] values = noise(shape);

        MeanProducts products = MeanProducts.of(shape, values);

        for (int[] step :
                new int[][] {{0, 0, 0}, {1, 0, 0}, {-1, 0, 0}, {0, 3, -2}, {2, -8, 6}, {4, 8, 6}, {5, 0, 0}}) {
            assertThat(products.at(flat(step))).isCloseTo(directly(shape, values, step), within(1e-6));
        }
    }

    @Test
    void areAlikeThereAndBack() {
        Shape3 shape = new Shape3(6, 20, 31);

        MeanProducts products = MeanProducts.of(shape, noise(shape));

        assertThat(products.at(flat(2, -5, 11))).isEqualTo(products.at(flat(-2, 5, -11)));
    }

    @Test
    void ofALargeVolumeOnlyTheBoxAroundThePeakCounts() {
        Shape3 shape = new Shape3(1, 1, 400);
        float[] values = new float[400];
        values[300] = 2;
        values[360] = 1;
        values[10] = 1;

        MeanProducts products = MeanProducts.of(shape, values);

        // The box is 236 to 363: two voxels with signal of 128
        assertThat(products.at(0)).isCloseTo(5.0 / 128, within(1e-7));
    }

    private static float[] noise(Shape3 shape) {
        Random random = new Random(3);
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static int flat(int... step) {
        int flat = 0;
        for (int axis = 0; axis < 3; axis++) {
            flat += step[axis] * MeanProducts.stride(axis);
        }
        return flat;
    }

    private static double directly(Shape3 shape, float[] values, int... step) {
        double sum = 0;
        for (int z = Math.max(0, -step[0]); z < Math.min(shape.nz(), shape.nz() - step[0]); z++) {
            for (int y = Math.max(0, -step[1]); y < Math.min(shape.ny(), shape.ny() - step[1]); y++) {
                for (int x = Math.max(0, -step[2]); x < Math.min(shape.nx(), shape.nx() - step[2]); x++) {
                    sum += values[shape.index(z, y, x)] * values[shape.index(z + step[0], y + step[1], x + step[2])];
                }
            }
        }
        return sum / shape.size();
    }
}
