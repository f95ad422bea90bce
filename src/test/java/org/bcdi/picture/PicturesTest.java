package org.bcdi.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.bcdi.mask.Mask;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    private static final Shape3 SHAPE = new Shape3(40, 96, 80);

    @TempDir
    Path directory;

    @Test
    void writesThreeSheetsForAPhasedScan() throws IOException {
        assertThat(Pictures.write(keep(), scan(rate()), object()))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("summary.png", "inpainting.png", "object.png");
        BufferedImage summary = ImageIO.read(keep().resolve("summary.png").toFile());
        assertThat(summary.getWidth()).isGreaterThan(1200);
        assertThat(summary.getHeight()).isGreaterThan(600);
    }

    @Test
    void writesTwoSheetsWithoutTruthAndObject() {
        assertThat(Pictures.write(directory, scan(null), null)).hasSize(2).allMatch(Files::isRegularFile);
    }

    @Test
    void paintsPlacesWithoutDataInTheirOwnColour() {
        Panel raw = Pictures.inpainting(scan(null)).rows().get(0).get(0);
        assertThat(raw.rgb(52, 10, 96, 80)).isEqualTo(Panel.NO_DATA);
        assertThat(raw.rgb(10, 10, 96, 80)).isNotEqualTo(Panel.NO_DATA);
    }

    @Test
    void showsThePhaseOnlyInsideTheSupport() {
        Panel phase = Pictures.object("crystal", object()).rows().get(0).get(1);
        assertThat(phase.value(0, 0)).isNaN();
        assertThat(phase.value(phase.rows() / 2, phase.columns() / 2)).isBetween(-3.2f, 3.2f);
    }

    @Test
    void cutsAnEmptySupportThroughTheMiddle() {
        ObjectView empty =
                new ObjectView("none", new ComplexVolume(SHAPE, new float[2 * SHAPE.size()]), Mask.none(SHAPE));
        assertThat(Pictures.object("empty", empty).rows()).hasSize(3);
    }

    /** Where to put the pictures, so that somebody can look at them: -Dbcdi.pictures=DIR. */
    private Path keep() {
        return Path.of(System.getProperty("bcdi.pictures", directory.toString()));
    }

    private static ScanView scan(@Nullable Volume truth) {
        Volume rate = rate();
        Random random = new Random(7);
        byte[] gap = new byte[SHAPE.size()];
        float[] counts = new float[SHAPE.size()];
        float[] filled = new float[SHAPE.size()];
        float[] deviation = new float[SHAPE.size()];
        for (int i = 0; i < counts.length; i++) {
            int y = i / SHAPE.nx() % SHAPE.ny();
            int x = i % SHAPE.nx();
            float expected = rate.data()[i];
            counts[i] = Math.round(Math.max(0, expected + Math.sqrt(expected) * random.nextGaussian()));
            filled[i] = counts[i];
            if (y >= 50 && y < 56 || x >= 52 && x < 58) {
                gap[i] = 1;
                counts[i] = 0;
                filled[i] = expected;
                deviation[i] = (float) Math.sqrt(expected);
            }
        }
        return new ScanView(
                "Test pattern",
                new Volume(SHAPE, counts),
                new Mask(SHAPE, gap),
                new Volume(SHAPE, filled),
                new Volume(SHAPE, deviation),
                truth);
    }

    /** Fringes of a cuboid of 9 by 7 by 5 voxels around the middle, 20,000 photons at most. */
    private static Volume rate() {
        float[] rate = new float[SHAPE.size()];
        for (int z = 0; z < SHAPE.nz(); z++) {
            for (int y = 0; y < SHAPE.ny(); y++) {
                for (int x = 0; x < SHAPE.nx(); x++) {
                    double fringe = sinc(z - 20, 9) * sinc(y - 42, 12) * sinc(x - 40, 14);
                    rate[SHAPE.index(z, y, x)] = (float) (20_000 * fringe * fringe);
                }
            }
        }
        return new Volume(SHAPE, rate);
    }

    private static double sinc(double place, double period) {
        double angle = Math.PI * place / period;
        return angle == 0 ? 1 : Math.sin(angle) / angle;
    }

    private static ObjectView object() {
        float[] object = new float[2 * SHAPE.size()];
        byte[] support = new byte[SHAPE.size()];
        for (int i = 0; i < support.length; i++) {
            double z = (i / SHAPE.frameSize() - 20) / 9.0;
            double y = (i / SHAPE.nx() % SHAPE.ny() - 48) / 16.0;
            double x = (i % SHAPE.nx() - 40) / 20.0;
            if (Math.abs(z) + Math.abs(y) + Math.abs(x) < 1.3
                    && Math.abs(z) < 1
                    && Math.abs(y) < 1
                    && Math.abs(x) < 1) {
                support[i] = 1;
                object[2 * i] = (float) (12 * Math.cos(3 * x * y + 2 * z));
                object[2 * i + 1] = (float) (12 * Math.sin(3 * x * y + 2 * z));
            }
        }
        return new ObjectView("HIO300/RAAR500/ER200", new ComplexVolume(SHAPE, object), new Mask(SHAPE, support));
    }
}
