package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
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
            for (Window window : Windows.over(gaps)) {
                int before = covered.cardinality();
                boolean any = false;
                for (int gap = 0; gap < gaps.count(); gap++) {
                    if (holds(window, shape, gaps.voxel(gap))) {
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
    void aPlaneIsSeenWholeAndAVeryLongOneInPiecesThatOverlap() {
        assertThat(Windows.over(plane(new Shape3(80, 128, 100), 61, 6)))
                .containsExactly(new Window(0, 0, 56, new Shape3(80, 128, 16)));

        List<Window> windows = Windows.over(plane(new Shape3(40, 300, 60), 20, 6));

        assertThat(windows.stream().map(Window::y)).containsExactly(0, 120, 236);
        assertThat(windows.stream().map(Window::sides))
                .containsExactly(new Shape3(40, 128, 16), new Shape3(40, 128, 16), new Shape3(40, 64, 16));
    }

    @Test
    void smallWindowsStandCentredOnAPlaneAndOverlapByAQuarter() {
        List<Window> windows = Windows.smallOver(plane(new Shape3(80, 80, 100), 61, 6));

        assertThat(windows).hasSize(9).allMatch(window -> window.x() == 56);
        assertThat(windows.stream().map(Window::z).distinct()).containsExactly(0, 24, 48);
        assertThat(windows.stream().map(Window::sides).distinct()).containsExactly(new Shape3(32, 32, 16));
    }

    @Test
    void bothPlanesOfACrossAreSeenFlat() {
        Shape3 shape = new Shape3(128, 128, 128);

        assertThat(Windows.over(Gaps.of(Scenes.cross(shape, 70, 50, 6))))
                .containsExactly(
                        new Window(0, 0, 45, new Shape3(128, 128, 16)), new Window(0, 65, 0, new Shape3(128, 16, 128)));
    }

    @Test
    void pixelsThatLieTogetherShareAWindowAndBlocksAreSeenPieceByPiece() {
        Shape3 shape = new Shape3(40, 60, 60);
        byte[] mask = new byte[shape.size()];
        for (int i = 0; i < mask.length; i++) {
            int y = i / 60 % 60;
            int x = i % 60;
            mask[i] = (byte) (y >= 20 && y < 40 && y % 3 == 2 && x >= 20 && x < 40 && x % 3 == 2 ? 1 : 0);
        }
        assertThat(Windows.over(Gaps.of(shape, mask)))
                .extracting(Window::sides)
                .containsExactly(new Shape3(40, 32, 32));

        java.util.Arrays.fill(mask, 0, 3600, (byte) 0);
        java.util.Arrays.fill(mask, 3600, mask.length, (byte) 1);
        assertThat(Windows.over(Gaps.of(shape, mask))).allMatch(window -> window.voxels() <= 32 * 32 * 32);
    }

    @ParameterizedTest
    @CsvSource({"1,16", "6,16", "8,16", "9,24", "12,24", "16,24", "17,32", "24,32"})
    void acrossAPlaneAWindowIsAsLongAsItsThicknessNeeds(int thickness, int length) {
        assertThat(Windows.over(plane(new Shape3(32, 32, 100), 40, thickness)))
                .containsExactly(new Window(0, 0, 40 + thickness / 2 - length / 2, new Shape3(32, 32, length)));
    }

    @Test
    void aSinglePixelNeedsASmallWindow() {
        Shape3 shape = new Shape3(40, 40, 40);
        byte[] mask = new byte[shape.size()];
        mask[shape.index(20, 20, 2)] = 1;

        assertThat(Windows.over(Gaps.of(shape, mask))).containsExactly(new Window(12, 12, 0, new Shape3(16, 16, 16)));
    }

    @Test
    void aVolumeThinnerThanTheWindowStandsInItsMiddle() {
        Shape3 shape = new Shape3(10, 40, 40);

        List<Window> windows = Windows.over(Gaps.of(Scenes.cross(shape, 20, 20, 2)));

        assertThat(windows)
                .isNotEmpty()
                .allMatch(
                        window -> window.z() == -3 && window.sides().nz() == 16 && window.y() >= 0 && window.y() <= 24);
    }

    @Test
    void noGapNoWindow() {
        assertThat(Windows.over(Gaps.of(Mask.none(new Shape3(40, 40, 40))))).isEmpty();
    }

    /** A gap across x. */
    private static Gaps plane(Shape3 shape, int start, int thickness) {
        byte[] mask = new byte[shape.size()];
        for (int i = 0; i < mask.length; i++) {
            int x = i % shape.nx();
            mask[i] = (byte) (x >= start && x < start + thickness ? 1 : 0);
        }
        return Gaps.of(shape, mask);
    }

    private static boolean holds(Window window, Shape3 shape, int voxel) {
        int z = voxel / shape.frameSize() - window.z();
        int y = voxel / shape.nx() % shape.ny() - window.y();
        int x = voxel % shape.nx() - window.x();
        Shape3 sides = window.sides();
        return Math.min(z, Math.min(y, x)) >= 0 && z < sides.nz() && y < sides.ny() && x < sides.nx();
    }
}
