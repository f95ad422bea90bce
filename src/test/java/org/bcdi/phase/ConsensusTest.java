package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Random;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;

class ConsensusTest {
    private static final Shape3 SHAPE = new Shape3(12, 14, 16);

    @Test
    void noiseThatDiffersFromStartToStartAveragesOut() {
        List<Standard> noisy = List.of(box(1, 0.3, 0), box(2, 0.3, 0), box(3, 0.3, 0), box(4, 0.3, 0));
        Standard truth = box(0, 0, 0);

        Consensus mean = Consensus.of(noisy, 4);

        assertThat(mean.averaged()).isEqualTo(4);
        double one = error(truth, noisy.get(0).object().data());
        assertThat(error(truth, mean.object().data())).isCloseTo(one / 2, offset(0.15 * one));
    }

    @Test
    void aStartThatFoundSomethingElseIsLeftOut() {
        Consensus mean = Consensus.of(List.of(box(1, 0.05, 0), box(2, 0.05, 2.5), box(3, 0.05, 0)), 3);

        assertThat(mean.averaged()).isEqualTo(2);
        assertThat(error(box(0, 0, 0), mean.object().data())).isLessThan(0.06);
    }

    @Test
    void noMoreAreAveragedThanAskedForAndOneIsItself() {
        List<Standard> best = List.of(box(1, 0.1, 0), box(2, 0.1, 0), box(3, 0.1, 0));

        assertThat(Consensus.of(best, 2).averaged()).isEqualTo(2);
        Consensus alone = Consensus.of(best, 1);
        assertThat(alone.averaged()).isEqualTo(1);
        assertThat(alone.object().data()).isEqualTo(best.get(0).object().data());
        assertThat(alone.support().data()).isEqualTo(best.get(0).support().data());
    }

    private static double error(Standard truth, float[] found) {
        float[] expected = truth.object().data();
        double squares = 0;
        double power = 0;
        for (int i = 0; i < expected.length; i++) {
            squares += (found[i] - expected[i]) * (found[i] - expected[i]);
            power += expected[i] * expected[i];
        }
        return Math.sqrt(squares / power);
    }

    /** A box without symmetry, with noise, and with a phase that twists along x if wanted. */
    private static Standard box(long seed, double noise, double twist) {
        Random random = new Random(seed);
        float[] object = new float[2 * SHAPE.size()];
        byte[] inside = new byte[SHAPE.size()];
        for (int z = 3; z < 9; z++) {
            for (int y = 3; y < 11; y++) {
                for (int x = 4; x < 6 + z - 1; x++) {
                    int voxel = SHAPE.index(z, y, x);
                    double phase = 0.3 * (z - 6) + twist * (x - 8) + 0.02 * (y - 5) * (y - 5);
                    inside[voxel] = 1;
                    object[2 * voxel] = (float) (Math.cos(phase) + noise * random.nextGaussian());
                    object[2 * voxel + 1] = (float) (Math.sin(phase) + noise * random.nextGaussian());
                }
            }
        }
        return Standard.of(new Solution(new ComplexVolume(SHAPE, object), new Support(SHAPE, inside), Response.IDEAL));
    }
}
