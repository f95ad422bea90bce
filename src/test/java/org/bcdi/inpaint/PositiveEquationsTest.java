package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositiveEquationsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 60})
    void theSolutionFulfilsTheEquations(int size) {
        Random random = new Random(size);
        double[][] factor = new double[size][size];
        for (double[] row : factor) {
            for (int j = 0; j < size; j++) {
                row[j] = random.nextGaussian();
            }
        }
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                matrix[i][j] = i == j ? 1 : 0;
                for (int k = 0; k < size; k++) {
                    matrix[i][j] += factor[k][i] * factor[k][j];
                }
            }
        }
        double[] expected = random.doubles(size, -1, 1).toArray();
        double[] right = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                right[i] += matrix[i][j] * expected[j];
            }
        }

        double[] solution = new PositiveEquations(matrix, 1e-12).solve(right);

        assertThat(solution).containsExactly(expected, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1e-9})
    void aPivotLostToRoundingIsTakenAsTheFloor(double rounding) {
        double[][] matrix = {{1, 1}, {1, 1 + rounding}};

        double[] solution = new PositiveEquations(matrix, 1e-3).solve(new double[] {1, 2});

        assertThat(solution[1]).isCloseTo(1 / 1e-3, within(1e-6));
        assertThat(solution[0]).isCloseTo(1 - solution[1], within(1e-9));
    }
}
