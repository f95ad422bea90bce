package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bcdi.mask.Mask;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearFillTest {
    private static final Shape3 ROW = new Shape3(1, 1, 7);

    @Test
    void joinsTheEndsOfAGapByALine() {
        assertThat(filled(ROW, new float[] {2, 4, 0, 0, 0, 8, 1}, new byte[] {0, 0, 1, 1, 1, 0, 0}))
                .containsExactly(2, 4, 5, 6, 7, 8, 1);
    }

    @Test
    void repeatsTheNearestValueAtTheBorder() {
        assertThat(filled(ROW, new float[] {0, 0, 3, 5, 7, 0, 0}, new byte[] {1, 1, 0, 0, 0, 1, 1}))
                .containsExactly(3, 3, 3, 5, 7, 7, 7);
    }

    @Test
    void theAxisWithTheNarrowerGapWeighsMore() {
        // Along x the gap is 1 wide (4, 8 at distance 1), along y 3 wide (0 at distance 2, 12 at distance 2)
        float[] log = {0, 0, 0, 9, 0, 9, 4, 0, 8, 9, 0, 9, 0, 12, 0};
        byte[] mask = {0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0};

        float[] filled = filled(new Shape3(1, 5, 3), log, mask);

        double alongX = 6;
        double alongY = 6;
        assertThat(filled[7]).isCloseTo((float) ((alongX / 4 + alongY / 16) / (1 / 4.0 + 1 / 16.0)), offset(1e-6f));
        // (9 + 9) / 2 along x, 0 + 12 / 4 along y
        assertThat(filled[4]).isCloseTo((float) ((9 / 4.0 + 3 / 16.0) / (1 / 4.0 + 1 / 16.0)), offset(1e-6f));
    }

    @Test
    void anAxisWithBothSidesSilencesThoseWithOne() {
        float[] filled = filled(new Shape3(1, 2, 3), new float[] {2, 0, 6, 9, 50, 9}, new byte[] {0, 1, 0, 0, 0, 0});

        assertThat(filled[1]).isEqualTo(4);
    }

    @Test
    void amongOneSidedAxesTheNearerWeighsMore() {
        // The corner sees 4 at distance 1 along x and 9 at distance 2 along y
        float[] filled = filled(new Shape3(1, 3, 2), new float[] {0, 4, 0, 4, 9, 4}, new byte[] {1, 0, 1, 0, 0, 0});

        assertThat(filled[0]).isCloseTo((4 + 9 / 4f) / (1 + 1 / 4f), offset(1e-6f));
    }

    @Test
    void whatNothingIsSeenFromWaitsForTheNextPass() {
        // Cross of gaps in one frame: its centre sees nothing measured
        float[] log = {2, 0, 4, 0, 0, 0, 6, 0, 8};
        byte[] mask = {0, 1, 0, 1, 1, 1, 0, 1, 0};

        assertThat(filled(new Shape3(1, 3, 3), log, mask)).containsExactly(2, 3, 4, 4, 5, 6, 6, 7, 8);
    }

    @Test
    void nothingMeasuredGivesNothing() {
        assertThat(filled(ROW, new float[7], new byte[] {1, 1, 1, 1, 1, 1, 1})).containsOnly(0);
    }

    @Test
    void aMissingFrameIsJoinedAlongTheScan() {
        float[] filled = filled(new Shape3(3, 1, 2), new float[] {1, 5, 0, 0, 3, 9}, new byte[] {0, 0, 1, 1, 0, 0});

        assertThat(filled).containsExactly(1, 5, 2, 7, 3, 9);
    }

    @ParameterizedTest
    @EnabledIfPython("numpy")
    @CsvSource({"9,14,11,0.3", "9,14,11,0.97", "1,12,30,0.6", "17,3,8,0.05"})
    void agreesWithTheDefinitionInNumPy(int nz, int ny, int nx, double chance, @TempDir Path folder) throws Exception {
        Shape3 shape = new Shape3(nz, ny, nx);
        Mask mask = Scenes.random(shape, chance, 5);
        Gaps gaps = Gaps.of(mask);
        float[] log = gaps.logOf(Scenes.peak(shape));
        Path before = Arrays32.write(folder.resolve("log.f32"), log);
        Path masked = Files.write(folder.resolve("mask.u8"), mask.data());

        Python.run(DEFINITION, before, masked, folder.resolve("filled.f32"), nz, ny, nx);
        LinearFill.fill(gaps, log);

        assertThat(log).containsExactly(Arrays32.read(folder.resolve("filled.f32")), offset(2e-6f));
    }

    private static float[] filled(Shape3 shape, float[] log, byte[] mask) {
        float[] values = log.clone();
        LinearFill.fill(Gaps.of(shape, mask), values);
        return values;
    }

    private static final String DEFINITION = """
            import sys
            import numpy as np
            shape = tuple(int(a) for a in sys.argv[4:7])
            values = np.fromfile(sys.argv[1], "<f4").reshape(shape).astype(float)
            known = np.fromfile(sys.argv[2], "u1").reshape(shape) == 0
            while not known.all() and known.any():
                filled, reached = values.copy(), known.copy()
                for at in zip(*np.nonzero(~known)):
                    both, one = [], []
                    for axis in range(3):
                        line = [slice(None) if a == axis else at[a] for a in range(3)]
                        places = np.flatnonzero(known[tuple(line)])
                        low, high = places[places < at[axis]], places[places > at[axis]]
                        row = values[tuple(line)]
                        if low.size and high.size:
                            a, b = at[axis] - low[-1], high[0] - at[axis]
                            both.append(((row[low[-1]] * b + row[high[0]] * a) / (a + b), (a + b) ** -2.0))
                        elif low.size:
                            one.append((row[low[-1]], (at[axis] - low[-1]) ** -2.0))
                        elif high.size:
                            one.append((row[high[0]], (high[0] - at[axis]) ** -2.0))
                    if both or one:
                        v, w = np.array(both or one).T
                        filled[at], reached[at] = (v * w).sum() / w.sum(), True
                values, known = filled, reached
            values.astype("<f4").tofile(sys.argv[3])
            """;
}
