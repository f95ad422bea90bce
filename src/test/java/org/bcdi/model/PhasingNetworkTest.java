package org.bcdi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.bcdi.testing.Npz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks which guess the phases: the one that the server runs, and its flat sister. */
class PhasingNetworkTest {
    /** Many steps, each after the other, make rounding visible where there is next to no intensity. */
    @ParameterizedTest
    @ValueSource(strings = {"phase-64", "phase-128-2d"})
    void theyGiveWhatPyTorchGave(String name) throws IOException {
        Path golden = Path.of("models/golden", name + ".npz");
        Npz diffraction = Npz.read(golden, "diffraction");
        float[] expected = Npz.read(golden, "phases").values();
        try (Network network = Networks.open(Path.of(name), ExecutionProvider.CPU, 0)) {
            float[] found = network.run(diffraction.values(), 1);

            double error = 0;
            double all = 0;
            for (int i = 0; i < found.length; i++) {
                double photons = Math.expm1(16 * diffraction.values()[i % (found.length / 2)]);
                error += photons * Math.pow(found[i] - expected[i], 2);
                all += photons * Math.pow(expected[i], 2);
            }
            assertThat(found).hasSameSizeAs(expected);
            assertThat(Math.sqrt(error / all)).isLessThan(1e-3);
        }
    }
}
