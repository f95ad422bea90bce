package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.bcdi.mask.Mask;
import org.bcdi.task.Monitor;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class PatchesTest {
    /** One row of counts e^1 - 1, e^2 - 1, a gap, e^6 - 1: linear interpolation gives 4 in the gap. */
    private static final Shape3 ROW = new Shape3(1, 1, 4);

    private static final Shape3 CUBE = new Shape3(32, 32, 32);

    private final float[] batch = new float[Patches.CHANNELS * CUBE.size()];

    @Test
    void standardisesByTheMeasuredVoxelsAlone() {
        cutTheRow();

        float unit = (float) (1 / Math.sqrt((4 + 1 + 9) / 3.0));
        for (int channel : new int[] {0, 2}) {
            assertThat(row(channel, 0, 6))
                    .containsExactly(
                            new float[] {-2 * unit, -2 * unit, -unit, unit, 3 * unit, 3 * unit}, offset(1e-4f));
        }
    }

    @Test
    void whatLiesOutsideCountsAsNotMeasured() {
        cutTheRow();

        assertThat(row(1, 0, 6)).containsExactly(1, 0, 0, 1, 0, 1);
        int neighbour = CUBE.size() + 3 * 32 * 32 + 1;
        assertThat(batch[neighbour - 32 * 32]).isEqualTo(1);
        assertThat(batch[neighbour + 32]).isEqualTo(1);
    }

    @Test
    void theMateIsTheMeasuredMirrorImageAndNothingElse() {
        Shape3 shape = new Shape3(33, 33, 33);
        Volume counts = symmetric(shape);
        Mask mask = Scenes.cross(shape, 22, 40, 3);
        Clues clues = Clues.of(Gaps.of(mask), counts, Monitor.NONE);

        Patches patches = new Patches(clues, 0.1);
        patches.cut(new Window(0, 0, 0, CUBE), batch, 0);

        assertThat(clues.mate().symmetry()).isCloseTo(1, offset(1e-5f));
        int inTheGap = (10 * 32 + 23) * 32 + 12;
        float mate = counts.data()[shape.index(32 - 10, 32 - 23, 32 - 12)];
        LocalScale.Row scale = patches.scale().row();
        scale.moveTo(10, 23);
        float expected = ((float) Math.log1p(mate) - scale.mean(12)) / scale.deviation(12);
        assertThat(batch[3 * CUBE.size() + inTheGap]).isCloseTo(expected, offset(1e-4f));
        assertThat(batch[4 * CUBE.size() + inTheGap]).isEqualTo(clues.mate().symmetry());
        int mirrorOfTheGap = (10 * 32 + 9) * 32 + 12;
        assertThat(batch[3 * CUBE.size() + mirrorOfTheGap]).isZero();
        assertThat(batch[4 * CUBE.size() + mirrorOfTheGap]).isZero();
    }

    @Test
    void aFlatWindowIsAPartOfTheCube() {
        Shape3 shape = new Shape3(40, 40, 40);
        Mask mask = Scenes.cross(shape, 22, 40, 3);
        Patches patches = new Patches(Clues.of(Gaps.of(mask), symmetric(shape), Monitor.NONE), 0.1);
        patches.cut(new Window(0, 8, 0, CUBE), batch, 0);
        Shape3 sides = new Shape3(32, 16, 24);
        float[] flat = new float[Patches.CHANNELS * sides.size()];

        patches.cut(new Window(0, 16, 8, sides), flat, 0);

        for (int channel = 0; channel < Patches.CHANNELS; channel++) {
            assertThat(flat[channel * sides.size() + sides.index(9, 7, 5)])
                    .isEqualTo(batch[channel * CUBE.size() + CUBE.index(9, 15, 13)]);
        }
    }

    private void cutTheRow() {
        float[] counts = {(float) Math.expm1(1), (float) Math.expm1(2), 99, (float) Math.expm1(6)};
        Gaps gaps = Gaps.of(ROW, new byte[] {0, 0, 1, 0});
        Clues clues = Clues.of(gaps, new Volume(ROW, counts), Monitor.NONE);
        new Patches(clues, 0.1).cut(new Window(-3, 0, -1, CUBE), batch, 0);
    }

    /** The first values of a channel in the row of voxels at z = 3, y = 0 of the window. */
    private float[] row(int channel, int from, int to) {
        int start = channel * CUBE.size() + 3 * 32 * 32;
        return java.util.Arrays.copyOfRange(batch, start + from, start + to);
    }

    /** Fringes that are their own mirror image through the middle voxel. */
    private static Volume symmetric(Shape3 shape) {
        float[] counts = new float[shape.size()];
        for (int i = 0; i < counts.length; i++) {
            int z = i / shape.frameSize() - 16;
            int y = i / shape.nx() % shape.ny() - 16;
            int x = i % shape.nx() - 16;
            double envelope = 1e4 * Math.exp(-(z * z + y * y + 2 * x * x) / 60.0);
            counts[i] = (float) (envelope * (1.1 + Math.cos(0.4 * z + 0.7 * y - 0.5 * x)));
        }
        return new Volume(shape, counts);
    }
}
