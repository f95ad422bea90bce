package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.bcdi.inpaint.Windows.Corner;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {
    @ParameterizedTest
    @CsvSource({"97,60,35", "20,40,40", "5,70,33", "64,64,64", "1,1,200", "32,32,32", "33,31,47"})
    void everyGapVoxelIsInAWindowAndEveryWindowHasOne(int nz, int ny, int nx) {
        Shape3 shape = new Shape3(nz, ny, nx);
        for (int seed = 0; seed < 4; seed++) {
            Gaps gaps = Gaps.of(seed == 3 ? Scenes.random(shape, 0.4, 9) : Scenes.awkward(shape, seed));
            BitSet covered = new BitSet();
            for (Corner corner : Windows.over(gaps)) {
                int before = covered.cardinality();
                boolean any = false;
                for (int gap = 0; gap < gaps.count(); gap++) {
                    if (holds(corner, shape, gaps.voxel(gap))) {
                        covered.set(gap);
                        any = true;
                    }
                }
                assertThat(any).isTrue();
                assertThat(covered.cardinality()).isGreaterThanOrEqualTo(before);
            }
            assertThat(covered.cardinality()).isEqualTo(gaps.count());
        }
    }

    @Test
    void windowsStandCentredOnAPlaneAndOverlapByAQuarter() {
        Shape3 shape = new Shape3(64, 64, 100);
        byte[] mask = new byte[shape.size()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (i % 100 >= 61 && i % 100 < 67 ? 1 : 0);
        }

        List<Corner> corners = Windows.over(Gaps.of(shape, mask));

        assertThat(corners).hasSize(9).allMatch(corner -> corner.x() == 48);
        assertThat(corners.stream().map(Corner::z).distinct()).containsExactly(0, 20, 32);
    }

    @Test
    void aVolumeThinnerThanTheWindowStandsInItsMiddle() {
        Shape3 shape = new Shape3(10, 40, 40);

        List<Corner> corners = Windows.over(Gaps.of(Scenes.cross(shape, 20, 20, 2)));

        assertThat(corners).isNotEmpty().allMatch(corner -> corner.z() == -11 && corner.y() >= 0 && corner.y() <= 8);
    }

    @Test
    void noGapNoWindow() {
        assertThat(Windows.over(Gaps.of(Mask.none(new Shape3(40, 40, 40))))).isEmpty();
    }

    private static boolean holds(Corner corner, Shape3 shape, int voxel) {
        int z = voxel / shape.frameSize() - corner.z();
        int y = voxel / shape.nx() % shape.ny() - corner.y();
        int x = voxel % shape.nx() - corner.x();
        return Math.min(z, Math.min(y, x)) >= 0 && Math.max(z, Math.max(y, x)) < 32;
    }
}
