package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirroredEquationsTest {
    private static final double PENALTY = 1e-3;

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 18, 60})
    void theSolutionIsThatOfTheWholeCentredMatrix(int size) {
        double[] places = new Random(size).doubles(size / 2, 0.5, 5).toArray();
        // The images lie at the negative places, in the opposite order
        double[] place = new double[size];
        for (int i = 0; i < size / 2; i++) {
            place[2 * i] = places[i];
            place[mirrored(2 * i, size)] = -places[i];
        }
        MirroredEquations.Matrix matrix = (i, j) -> Math.exp(-Math.abs(place[i] - place[j]));
        double[] right = new Random(1).doubles(size, -1, 1).toArray();

        double[] solution = MirroredEquations.of(size, i -> mirrored(i, size), matrix, PENALTY)
                .solve(right.clone());

        double[] whole = new PositiveEquations(centred(matrix, size), PENALTY).solve(right.clone());
        assertThat(solution).containsExactly(whole, within(1e-9 / PENALTY));
    }

    private static int mirrored(int point, int size) {
        return size - 1 - point;
    }

    private static double[][] centred(MirroredEquations.Matrix matrix, int size) {
        double[][] centred = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                centred[i][j] = matrix.at(i, j);
            }
        }
        double[] means = Arrays.stream(centred)
                .mapToDouble(row -> Arrays.stream(row).sum() / size)
                .toArray();
        double all = Arrays.stream(means).sum() / size;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                centred[i][j] += all - means[i] - means[j] + (i == j ? PENALTY : 0);
            }
        }
        return centred;
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 6", "2, 12"})
    void neighboursOfAGapMirrorEachOtherAboutItsMiddle(int axis, int width) {
        Shape3 shape = new Shape3(50, 60, 70);
        int[] around = new Strip(axis, width).neighbourhood(shape::stride);

        for (int i = 0; i < around.length; i++) {
            assertThat(Strip.mirrored(Strip.mirrored(i))).isEqualTo(i);
            assertThat(Strip.mirrored(i) % 2).isEqualTo(1 - i % 2);
            assertThat(around[i] + around[Strip.mirrored(i)]).isEqualTo((width - 1) * shape.stride(axis));
        }
    }
}
