package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.bcdi.mask.Mask;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class WideGapsTest {
    private static final Shape3 SHAPE = new Shape3(20, 60, 70);

    @Test
    void aCrossOfEighteenIsNotWide() {
        assertThat(WideGaps.of(Gaps.of(Scenes.cross(SHAPE, 20, 25, 18)))).containsOnly(0);
    }

    @Test
    void aPlaneOfNineteenIsWideAndANarrowOneAcrossItIsNot() {
        Mask wide = rows(5, 24);
        Mask both = wide.or(Scenes.cross(SHAPE, 60, 40, 6));

        assertThat(WideGaps.of(Gaps.of(both))).isEqualTo(wide.data());
    }

    @Test
    void aGapAtTheBorderIsWideWhenItsOneSideIsFar() {
        assertThat(WideGaps.of(Gaps.of(rows(50, 60)))).isEqualTo(rows(50, 60).data());
        assertThat(WideGaps.of(Gaps.of(rows(52, 60)))).containsOnly(0);
    }

    @Test
    void blocksAreSumsScaledToWhatWasMeasured() {
        Shape3 shape = new Shape3(5, 4, 4);
        float[] counts = new float[shape.size()];
        java.util.Arrays.fill(counts, 3);
        byte[] mask = new byte[shape.size()];
        for (int z = 0; z < 5; z++) {
            mask[shape.index(z, 1, 0)] = 1;
            mask[shape.index(z, 2, 0)] = 1;
            mask[shape.index(z, 2, 1)] = 1;
            mask[shape.index(z, 3, 1)] = 1;
            mask[shape.index(z, 3, 0)] = 1;
        }

        CoarseGrid grid = CoarseGrid.binned(new Volume(shape, counts), Gaps.of(shape, mask), 2);

        assertThat(grid.counts().shape()).isEqualTo(new Shape3(3, 2, 2));
        for (int block = 0; block < 12; block++) {
            boolean missing = block % 4 == 2;
            assertThat(grid.gaps().masked(block)).isEqualTo(missing);
            assertThat(grid.counts().data()[block]).isEqualTo(missing ? 0 : 24);
        }
    }

    @Test
    void ofABlockThatReachesOverTheBorderOnlyTheVoxelsInsideCount() {
        Shape3 shape = new Shape3(1, 6, 7);
        float[] counts = new float[shape.size()];
        java.util.Arrays.fill(counts, 3);
        byte[] mask = new byte[shape.size()];
        mask[shape.index(0, 0, 6)] = 1;
        mask[shape.index(0, 1, 6)] = 1;
        mask[shape.index(0, 3, 6)] = 1;

        CoarseGrid grid = CoarseGrid.binned(new Volume(shape, counts), Gaps.of(shape, mask), 3);

        assertThat(grid.counts().shape()).isEqualTo(new Shape3(1, 2, 3));
        assertThat(grid.counts().data()).containsExactly(81, 81, 0, 81, 81, 81);
        assertThat(grid.gaps().count()).isEqualTo(1);
        assertThat(grid.gaps().voxel(0)).isEqualTo(2);
    }

    @Test
    void aFlatRateIsSpreadBackWithItsRelativeDeviation() {
        CoarseGrid grid =
                CoarseGrid.binned(Volume.zeros(new Shape3(5, 6, 6)), Gaps.of(Mask.none(new Shape3(5, 6, 6))), 2);
        float[] log = new float[27];
        float[] error = new float[27];
        java.util.Arrays.fill(log, (float) Math.log1p(40));
        java.util.Arrays.fill(error, 0.1f);
        float[] means = new float[2];
        float[] errors = new float[2];

        grid.spread(log, error, new Shape3(5, 6, 6), new int[] {0, 100}, means, errors);

        assertThat(means).containsExactly(new float[] {(float) Math.log1p(5), (float) Math.log1p(5)}, offset(1e-5f));
        assertThat(errors[0]).isCloseTo(0.1f * 41 / 40 * 5 / 6, offset(1e-5f));
    }

    @Test
    void theEnvelopeOfAWideGapComesBack() {
        Shape3 shape = new Shape3(32, 64, 64);
        float[] counts = new float[shape.size()];
        for (int i = 0; i < counts.length; i++) {
            double z = i / shape.frameSize() - 16.0;
            double y = i / 64 % 64 - 32.0;
            double x = i % 64 - 32.0;
            counts[i] = Math.round(1e4 * Math.exp(-(z * z + y * y + x * x) / 300));
        }
        byte[] mask = new byte[shape.size()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (i % 64 >= 40 && i % 64 < 60 ? 1 : 0);
        }

        Inpainted filled = NetworkFill.with(FakeNetwork.agreeing())
                .fill(new Volume(shape, counts), new Mask(shape, mask), Monitor.NONE);

        for (int i = 0; i < counts.length; i++) {
            assertThat(Math.log1p(filled.intensity().data()[i])).isCloseTo(Math.log1p(counts[i]), offset(2.5));
            assertThat(filled.deviation().data()[i] > 0).isEqualTo(mask[i] != 0);
        }
    }

    private static Mask rows(int first, int end) {
        byte[] mask = new byte[SHAPE.size()];
        for (int i = 0; i < mask.length; i++) {
            int y = i / SHAPE.nx() % SHAPE.ny();
            mask[i] = (byte) (y >= first && y < end ? 1 : 0);
        }
        return new Mask(SHAPE, mask);
    }
}
