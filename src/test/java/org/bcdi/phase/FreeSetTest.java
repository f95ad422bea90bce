package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeSetTest {
    private static final Shape3 SHAPE = new Shape3(30, 31, 32);

    @Test
    void takesAboutItsFractionAndNothingFromGapOrPeak() {
        byte[] gap = new byte[SHAPE.size()];
        for (int i = 0; i < gap.length; i++) {
            gap[i] = (byte) (i % SHAPE.nx() < 6 ? 1 : 0);
        }
        Mask free = new Mask(SHAPE, gap);
        Volume intensity = ramp();

        Mask kept = FreeSet.choose(intensity, free, 1);

        assertThat(kept.count() / (double) SHAPE.size()).isBetween(0.01, 0.022);
        float brightest = SHAPE.size() - 1;
        for (int i = 0; i < gap.length; i++) {
            if (kept.masked(i)) {
                assertThat(free.masked(i)).isFalse();
                assertThat(intensity.data()[i]).isLessThan(brightest);
            }
        }
    }

    @Test
    void aDimScanKeepsVoxelsWithPhotonsToo() {
        float[] counts = new float[SHAPE.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = i % 3;
        }
        counts[7] = 40;
        Volume dim = new Volume(SHAPE, counts);

        Mask kept = FreeSet.choose(dim, Mask.none(SHAPE), 1);

        double photons = 0;
        for (int i = 0; i < counts.length; i++) {
            photons += kept.masked(i) ? counts[i] : 0;
        }
        assertThat(photons / kept.count()).isBetween(0.9, 1.1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aSmallOrMostlyMaskedScanKeepsSomeToo(long seed) {
        byte[] gap = new byte[SHAPE.size()];
        Arrays.fill(gap, 100, gap.length - 100, (byte) 1);
        assertThat(FreeSet.choose(ramp(), new Mask(SHAPE, gap), seed).count()).isPositive();

        Shape3 small = new Shape3(4, 6, 8);
        float[] counts = new float[small.size()];
        Arrays.fill(counts, 0, counts.length - 4, 100);
        Volume bright = new Volume(small, counts);
        assertThat(FreeSet.choose(bright, Mask.none(small), seed).count()).isBetween(1, 4);
    }

    @Test
    void whereNoVoxelMayBeKeptNoneIs() {
        float[] even = new float[SHAPE.size()];
        Arrays.fill(even, 5);
        assertThat(FreeSet.choose(new Volume(SHAPE, even), Mask.none(SHAPE), 1).count())
                .isZero();
    }

    @Test
    void theSeedDecidesAll() {
        Volume intensity = ramp();
        Mask none = Mask.none(SHAPE);
        assertThat(FreeSet.choose(intensity, none, 1).data())
                .isEqualTo(FreeSet.choose(intensity, none, 1).data());
        assertThat(FreeSet.choose(intensity, none, 2).data())
                .isNotEqualTo(FreeSet.choose(intensity, none, 1).data());
    }

    @Test
    void keptVoxelsDoNotBindTheSolverButAreRemembered() {
        Volume intensity = ramp();
        Mask kept = FreeSet.choose(intensity, Mask.none(SHAPE), 1);
        Measurement measurement = Measurement.of(new PhasingProblem(intensity, Mask.none(SHAPE), null), kept);
        Bounds bounds = measurement.bounds(Mixing.of(new Step.Hio(1, 0.9, 0)));
        int unseen = 0;
        for (int i = 0; i < SHAPE.size(); i++) {
            if (measurement.kept[i] != 0) {
                unseen++;
                assertThat(measurement.weight[i]).isZero();
                assertThat(bounds.low[i]).isZero();
                assertThat(bounds.high[i]).isInfinite();
                assertThat(measurement.counts[i]).isPositive();
            }
        }
        assertThat(unseen).isEqualTo(kept.count());
    }

    /** Dim everywhere but in one bright corner. */
    private static Volume ramp() {
        float[] data = new float[SHAPE.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = i < SHAPE.size() - 100 ? 5 : i;
        }
        return new Volume(SHAPE, data);
    }
}
