package org.bcdi.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonCountsTest {
    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.03, 1, 7.5, 11.9, 12.1, 40, 900, 1e5, 3e8})
    void meanAndVarianceAreTheRate(double mean) {
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double off = PoissonCounts.draw(mean, random) - mean;
            sum += off;
            squares += off * off;
        }
        assertThat(sum / DRAWS).isCloseTo(0, within(4.5 * Math.sqrt(mean / DRAWS)));
        double spread = Math.sqrt((2 * mean * mean + mean) / DRAWS);
        assertThat(squares / DRAWS).isCloseTo(mean, within(4.5 * spread));
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.5, 15})
    void everyCountIsAsOftenAsItShouldBe(double mean) {
        SplittableRandom random = new SplittableRandom(2);
        int[] seen = new int[100];
        for (int i = 0; i < DRAWS; i++) {
            seen[(int) PoissonCounts.draw(mean, random)]++;
        }
        for (int k = 0; k < 40; k++) {
            double expected = DRAWS * Math.exp(k * Math.log(mean) - mean - PoissonCounts.logFactorial(k));
            assertThat((double) seen[k]).isCloseTo(expected, within(5 * Math.sqrt(expected) + 5));
        }
    }

    @Test
    void nothingComesFromNothing() {
        assertThat(PoissonCounts.draw(0, new SplittableRandom(3))).isZero();
    }

    @Test
    void logFactorialMeetsTheExactProduct() {
        assertThat(PoissonCounts.logFactorial(5)).isCloseTo(Math.log(120), within(1e-12));
        assertThat(PoissonCounts.logFactorial(12)).isCloseTo(Math.log(479001600), within(1e-9));
    }
}
