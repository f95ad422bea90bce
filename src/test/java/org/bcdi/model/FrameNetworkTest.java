package org.bcdi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Path;
import org.bcdi.testing.Npz;
import org.junit.jupiter.api.Test;

/** The shipped network of the live preview. */
class FrameNetworkTest {
    @Test
    void itGivesWhatPyTorchGave() throws IOException {
        Path golden = Path.of("models/golden/inpaint-frame128.npz");
        Npz patches = Npz.read(golden, "patches");
        try (Network network = Networks.open(Path.of("inpaint-frame128"), ExecutionProvider.CPU, 0)) {
            float[] prediction = network.run(patches.values(), patches.shape()[0]);

            assertThat(prediction)
                    .containsExactly(Npz.read(golden, "prediction").values(), offset(1e-4f));
        }
    }
}
