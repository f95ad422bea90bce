package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class FringesTest {
    private static final Shape3 SHAPE = new Shape3(12, 100, 80);

    @Test
    void thePeriodIsThatOfTheFringesAlongTheAxis() {
        Fringes fringes = Fringes.of(Gaps.of(rows(20, 26)), waves());

        assertThat(fringes.period(1)).isEqualTo(10);
        assertThat(fringes.period(2)).isEqualTo(16);
        assertThat(fringes.period(0)).isNaN();
        assertThat(fringes).hasToString("z unknown, y 10 voxels, x 16 voxels");
    }

    @Test
    void noFringesAreSeenInTheDark() {
        assertThat(Fringes.of(Gaps.of(rows(20, 26)), Volume.zeros(SHAPE)).period(1))
                .isNaN();
    }

    @Test
    void theyReachOneAndAHalfPeriodsIntoAGapFromEitherSide() {
        Gaps gaps = Gaps.of(rows(30, 70));
        Fringes fringes = Fringes.of(gaps, waves());

        for (int y = 30; y < 70; y++) {
            int number = gaps.firstFrom(SHAPE.index(6, y, 40));
            assertThat(fringes.reach(number)).as("row %d", y).isEqualTo(y < 45 || y >= 55);
        }
    }

    @Test
    void nothingReachesIntoAVolumeWithoutMeasuredVoxels() {
        Gaps gaps = Gaps.of(rows(0, 100));

        assertThat(Fringes.of(gaps, Volume.zeros(SHAPE)).reach(5)).isFalse();
    }

    private static Mask rows(int first, int end) {
        byte[] mask = new byte[SHAPE.size()];
        for (int voxel = 0; voxel < mask.length; voxel++) {
            int y = voxel / SHAPE.nx() % SHAPE.ny();
            mask[voxel] = (byte) (y >= first && y < end ? 1 : 0);
        }
        return new Mask(SHAPE, mask);
    }

    /** Products of waves of 10 voxels along y and of 16 along x, with some noise. */
    private static Volume waves() {
        Random random = new Random(1);
        float[] counts = new float[SHAPE.size()];
        for (int voxel = 0; voxel < counts.length; voxel++) {
            int y = voxel / SHAPE.nx() % SHAPE.ny();
            int x = voxel % SHAPE.nx();
            double rate = 40 * (1.2 + Math.cos(2 * Math.PI * y / 10)) * (1.2 + Math.cos(2 * Math.PI * x / 16));
            counts[voxel] = (float) Math.max(0, Math.rint(rate + Math.sqrt(rate) * random.nextGaussian()));
        }
        return new Volume(SHAPE, counts);
    }
}
