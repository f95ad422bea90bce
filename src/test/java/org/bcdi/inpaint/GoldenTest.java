package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Path;
import org.bcdi.mask.Mask;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.Network;
import org.bcdi.model.Networks;
import org.bcdi.task.Monitor;
import org.bcdi.testing.Npz;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

/** What the training code says, in Python, is what the program does. */
class GoldenTest {
    private static final Path GOLDEN = Path.of("models/golden");

    @Test
    void thePrefillIsThatOfTheTraining() throws IOException {
        Mask mask = mask("prefill.npz");
        Gaps gaps = Gaps.of(mask);
        float[] log = gaps.logOf(new Volume(mask.shape(), values("prefill.npz", "counts")));

        LinearFill.fill(gaps, log);

        assertThat(gaps.count()).isPositive();
        assertThat(largestDifference(log, values("prefill.npz", "prefill"))).isLessThan(1e-5);
    }

    @Test
    void theCluesAreThoseOfTheTraining() throws IOException {
        Mask mask = mask("fill.npz");
        Gaps gaps = Gaps.of(mask);

        Clues clues = Clues.of(gaps, new Volume(mask.shape(), values("fill.npz", "counts")), Monitor.NONE);

        assertThat(largestDifference(clues.ridge(), values("fill.npz", "ridge")))
                .isLessThan(2e-3);
        float[] centre = values("fill.npz", "centre");
        for (int axis = 0; axis < 3; axis++) {
            assertThat(clues.mate().centre(axis)).isEqualTo((int) centre[axis]);
        }
        assertThat(clues.mate().symmetry()).isCloseTo(values("fill.npz", "symmetry")[0], offset(1e-3f));
    }

    @Test
    void aFilledVolumeIsThatOfTheTraining() throws IOException {
        Mask mask = mask("fill.npz");
        Volume counts = new Volume(mask.shape(), values("fill.npz", "counts"));
        try (GapFiller filler = Fills.open("auto", ExecutionProvider.CPU, 0)) {
            Inpainted filled = filler.fill(counts, mask, Monitor.NONE);

            float[] rate = values("fill.npz", "rate");
            float[] deviation = values("fill.npz", "deviation");
            for (int i = 0; i < rate.length; i++) {
                if (mask.masked(i)) {
                    float photons = filled.intensity().data()[i];
                    assertThat(Math.log1p(photons)).isCloseTo(rate[i], offset(5e-3));
                    float found = filled.deviation().data()[i] / (1 + photons);
                    if (Float.isInfinite(deviation[i])) {
                        assertThat(found).isInfinite();
                    } else {
                        assertThat(found).isCloseTo(deviation[i], offset(5e-3f));
                    }
                }
            }
        }
    }

    @Test
    void theShippedNetworkGivesWhatPyTorchGave() throws IOException {
        Npz patches = Npz.read(GOLDEN.resolve("inpaint-patch32.npz"), "patches");
        try (Network network = Networks.open(Path.of(Fills.SHIPPED), ExecutionProvider.CPU, 0)) {
            float[] prediction = network.run(patches.values(), patches.shape()[0], 32, 32, 32);

            assertThat(largestDifference(prediction, values("inpaint-patch32.npz", "prediction")))
                    .isLessThan(1e-4);
        }
    }

    private static double largestDifference(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            largest = Math.max(largest, Math.abs((double) found[i] - expected[i]));
        }
        return largest;
    }

    private static float[] values(String file, String array) throws IOException {
        return Npz.read(GOLDEN.resolve(file), array).values();
    }

    private static Mask mask(String file) throws IOException {
        Npz mask = Npz.read(GOLDEN.resolve(file), "mask");
        byte[] bytes = new byte[mask.values().length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) mask.values()[i];
        }
        return new Mask(new Shape3(mask.shape()[0], mask.shape()[1], mask.shape()[2]), bytes);
    }
}
