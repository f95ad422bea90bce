package org.bcdi.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.fourier.GoodSizes;
import org.bcdi.mask.Mask;
import org.bcdi.task.InputException;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhasingRegionTest {
    @ParameterizedTest
    @CsvSource({"10,11,8", "8,8,8", "10,7,15", "21,10,9", "5,2,2"})
    void thePeakLiesAtHalfTheExtentAndTheExtentIsGood(int z, int y, int x) {
        Shape3 shape = new Shape3(24, 17, 19);

        Region3 region = PhasingRegion.around(peakAt(shape, z, y, x), Mask.none(shape), 1_000_000);

        assertThat(region.fitsIn(shape)).isTrue();
        assertThat(new int[] {region.z0(), region.y0(), region.x0()})
                .containsExactly(
                        z - region.shape().nz() / 2,
                        y - region.shape().ny() / 2,
                        x - region.shape().nx() / 2);
        for (int axis = 0; axis < 3; axis++) {
            assertThat(GoodSizes.isGood(region.shape().length(axis))).isTrue();
        }
    }

    @Test
    void anEvenGoodScanWithItsPeakInTheMiddleIsPhasedWhole() {
        Shape3 shape = new Shape3(20, 24, 32);
        assertThat(PhasingRegion.around(peakAt(shape, 10, 12, 16), Mask.none(shape), 1_000_000))
                .isEqualTo(Region3.whole(shape));
    }

    @Test
    void aboveTheLimitTheLongestAxesShrinkFirst() {
        Shape3 shape = new Shape3(16, 48, 64);
        Region3 region = PhasingRegion.around(peakAt(shape, 8, 24, 32), Mask.none(shape), 16 * 40 * 40);
        assertThat(region.shape()).isEqualTo(new Shape3(16, 40, 40));
    }

    @Test
    void aHotVoxelIsNotThePeak() {
        Shape3 shape = new Shape3(20, 20, 20);
        float[] data = peakAt(shape, 10, 10, 10).data().clone();
        data[shape.index(3, 3, 3)] = 200;
        assertThat(PhasingRegion.peak(new Volume(shape, data), Mask.none(shape)))
                .isEqualTo(shape.index(10, 10, 10));
    }

    /** Its mean is the same in all 27 voxels around it. */
    @Test
    void aPeakOfOneVoxelLiesAtThatVoxel() {
        Shape3 shape = new Shape3(20, 20, 20);
        float[] data = new float[shape.size()];
        data[shape.index(10, 11, 12)] = 1000;
        assertThat(PhasingRegion.peak(new Volume(shape, data), Mask.none(shape)))
                .isEqualTo(shape.index(10, 11, 12));
    }

    @Test
    void aBorderDrawsNoPeak() {
        Shape3 shape = new Shape3(4, 20, 20);
        float[] data = new float[shape.size()];
        for (int z = 1; z < 4; z++) {
            data[shape.index(z, 10, 10)] = z == 2 ? 100 : 60;
        }
        assertThat(PhasingRegion.around(new Volume(shape, data), Mask.none(shape), 1_000_000))
                .isEqualTo(Region3.whole(shape));
    }

    @Test
    void aPeakAtTheBorderCannotBePhased() {
        Shape3 shape = new Shape3(20, 20, 20);
        assertThatThrownBy(() -> PhasingRegion.around(peakAt(shape, 10, 19, 10), Mask.none(shape), 1_000_000))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("19 of 20 along y")
                .hasMessageContaining("wider region");
        assertThatThrownBy(() -> PhasingRegion.around(peakAt(shape, 1, 10, 10), Mask.none(shape), 1_000_000))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 of 20 along z")
                .hasMessageContaining("scan further");
    }

    @Test
    void photonsThatAFillMadeUpAreNothingToPhase() {
        Shape3 shape = new Shape3(20, 20, 20);
        byte[] gap = new byte[shape.size()];
        java.util.Arrays.fill(gap, shape.index(8, 0, 0), shape.index(13, 0, 0), (byte) 1);
        Volume filled = peakAt(shape, 10, 10, 10);

        assertThatThrownBy(() -> PhasingRegion.around(filled, new Mask(shape, gap), 1_000_000))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no photons");

        filled.data()[shape.index(2, 10, 10)] = 1;
        assertThat(PhasingRegion.around(filled, new Mask(shape, gap), 1_000_000))
                .isEqualTo(Region3.whole(shape));
    }

    /** A bright 3x3x3 block. */
    private static Volume peakAt(Shape3 shape, int z, int y, int x) {
        float[] data = new float[shape.size()];
        for (int k = Math.max(0, z - 1); k <= Math.min(shape.nz() - 1, z + 1); k++) {
            for (int j = Math.max(0, y - 1); j <= Math.min(shape.ny() - 1, y + 1); j++) {
                for (int i = Math.max(0, x - 1); i <= Math.min(shape.nx() - 1, x + 1); i++) {
                    data[shape.index(k, j, i)] = 50;
                }
            }
        }
        data[shape.index(z, y, x)] = 100;
        return new Volume(shape, data);
    }
}
