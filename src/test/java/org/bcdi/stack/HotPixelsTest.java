package org.bcdi.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class HotPixelsTest {
    private final Shape3 shape = new Shape3(12, 9, 9);

    @Test
    void aPixelThatOutshinesItsNeighboursInEveryFrameIsHot() {
        float[] counts = background();
        for (int z = 0; z < shape.nz(); z++) {
            counts[shape.index(z, 0, 8)] = 60;
        }

        FrameMask hot = find(counts);

        assertThat(hot.count()).isEqualTo(1);
        assertThat(hot.masked(0, 8)).isTrue();
    }

    @Test
    void twoHotNeighboursAreBothFound() {
        float[] counts = background();
        for (int z = 0; z < shape.nz(); z++) {
            counts[shape.index(z, 4, 4)] = 500;
            counts[shape.index(z, 4, 5)] = 700;
        }

        assertThat(find(counts).count()).isEqualTo(2);
    }

    @Test
    void aPixelThatIsBrightInSomeFramesIsDiffraction() {
        float[] counts = background();
        for (int z = 0; z < 9; z++) {
            counts[shape.index(z, 4, 4)] = 1000;
        }

        assertThat(find(counts).count()).isZero();
    }

    @Test
    void aBroadPeakIsDiffraction() {
        float[] counts = new float[shape.size()];
        for (int z = 0; z < shape.nz(); z++) {
            for (int y = 0; y < shape.ny(); y++) {
                for (int x = 0; x < shape.nx(); x++) {
                    counts[shape.index(z, y, x)] = (float) (1e6 * Math.exp(-0.5 * (sq(y - 4) + sq(x - 4))));
                }
            }
        }

        assertThat(find(counts).count()).isZero();
    }

    @Test
    void framesThatAreMaskedDoNotSpeakAgainstIt() {
        float[] counts = background();
        byte[] mask = new byte[shape.size()];
        for (int z = 0; z < shape.nz(); z++) {
            counts[shape.index(z, 4, 4)] = z < 3 ? 0 : 90;
            mask[shape.index(z, 4, 4)] = (byte) (z < 3 ? 1 : 0);
        }

        assertThat(HotPixels.find(new Volume(shape, counts), new Mask(shape, mask))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aFewFramesTellNothing() {
        Shape3 few = new Shape3(7, 3, 3);
        float[] counts = new float[few.size()];
        for (int z = 0; z < 7; z++) {
            counts[few.index(z, 1, 1)] = 1000;
        }

        assertThat(HotPixels.find(new Volume(few, counts), Mask.none(few)).count())
                .isZero();
    }

    @Test
    void theyAreDescribedInCoordinatesOfTheFrame() {
        byte[] hot = new byte[6];
        hot[1] = 1;
        hot[5] = 1;

        assertThat(HotPixels.describe(new FrameMask(2, 3, hot), new Roi(10, 12, 20, 23)))
                .isEqualTo("(10, 21), (11, 22)");
    }

    private float[] background() {
        Random random = new Random(5);
        float[] counts = new float[shape.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = random.nextInt(3);
        }
        return counts;
    }

    private FrameMask find(float[] counts) {
        return HotPixels.find(new Volume(shape, counts), Mask.none(shape));
    }

    private static double sq(double value) {
        return value * value;
    }
}
