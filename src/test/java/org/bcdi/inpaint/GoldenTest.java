package org.bcdi.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Path;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.Network;
import org.bcdi.model.Networks;
import org.bcdi.testing.Npz;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

/** What the training code says, in Python, is what the program does. */
class GoldenTest {
    private static final Path GOLDEN = Path.of("models/golden");

    @Test
    void thePrefillIsThatOfTheTraining() throws IOException {
        Npz counts = Npz.read(GOLDEN.resolve("prefill.npz"), "counts");
        Shape3 shape = new Shape3(counts.shape()[0], counts.shape()[1], counts.shape()[2]);
        float[] mask = Npz.read(GOLDEN.resolve("prefill.npz"), "mask").values();
        byte[] bytes = new byte[mask.length];
        for (int i = 0; i < mask.length; i++) {
            bytes[i] = (byte) mask[i];
        }
        Gaps gaps = Gaps.of(shape, bytes);
        float[] log = gaps.logOf(new Volume(shape, counts.values()));

        LinearFill.fill(gaps, log);

        assertThat(gaps.count()).isPositive();
        assertThat(log)
                .containsExactly(
                        Npz.read(GOLDEN.resolve("prefill.npz"), "prefill").values(), offset(1e-5f));
    }

    @Test
    void theShippedNetworkGivesWhatPyTorchGave() throws IOException {
        Npz patches = Npz.read(GOLDEN.resolve("inpaint-patch32.npz"), "patches");
        try (Network network = Networks.open(Path.of(Fills.SHIPPED), ExecutionProvider.CPU, 0)) {
            float[] prediction = network.run(patches.values(), patches.shape()[0]);

            assertThat(prediction)
                    .containsExactly(
                            Npz.read(GOLDEN.resolve("inpaint-patch32.npz"), "prediction")
                                    .values(),
                            offset(1e-4f));
        }
    }
}
