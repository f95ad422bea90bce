package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
    private static final Shape3 CUBE = new Shape3(4, 4, 4);

    @Test
    void theFirstLeavesEverythingAsItIs() {
        float[] values = numbers(2 * CUBE.size());

        assertThat(Orientation.of(CUBE, 0).look(values)).isEqualTo(values);
    }

    @Test
    void mirrorsLieAtTheOrigin() {
        float[] line = new float[CUBE.size()];
        line[CUBE.index(2, 2, 3)] = 1;
        line[CUBE.index(2, 2, 0)] = 5;
        int alongX = 4;

        float[] seen = Orientation.of(CUBE, alongX).look(line);

        assertThat(seen[CUBE.index(2, 2, 1)]).isEqualTo(1);
        assertThat(seen[CUBE.index(2, 2, 0)]).isEqualTo(5);
    }

    @Test
    void noTwoWaysAreAlike() {
        float[] values = numbers(CUBE.size());
        Set<String> seen = new HashSet<>();
        for (int number = 0; number < Orientation.WAYS; number++) {
            seen.add(Arrays.toString(Orientation.of(CUBE, number).look(values)));
        }

        assertThat(seen).hasSize(Orientation.WAYS);
        assertThat(Orientation.of(CUBE, Orientation.WAYS).look(values)).isEqualTo(values);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 8, 11, 16, 23})
    void everyWayCanBeUndoneForEveryChannel(int number) {
        float[] values = numbers(2 * CUBE.size());
        Orientation orientation = Orientation.of(CUBE, number);

        assertThat(orientation.back(orientation.look(values))).isEqualTo(values);
        assertThat(orientation.look(values)[CUBE.size()]).isGreaterThanOrEqualTo(CUBE.size());
    }

    private static float[] numbers(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i;
        }
        return values;
    }
}
