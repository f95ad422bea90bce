package org.bcdi.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same crystal scatters alike in this simulator and in that of the training code. */
@EnabledIfPython({"numpy", "scipy"})
class SimulatorsAgreeTest {
    private static final String SCRIPT = """
            import sys, numpy as np
            sys.path.insert(0, 'models')
            from scipy.ndimage import gaussian_filter
            from inpainting.simulate import far_field
            shape = tuple(int(n) for n in sys.argv[3:6])
            crystal = np.fromfile(sys.argv[1], '<c8').reshape([2 * n for n in shape])
            rate = np.fromfile(sys.argv[2], '<f4').reshape(shape)
            expected = gaussian_filter(np.abs(far_field(crystal, shape, (1, 1, 1))) ** 2, float(sys.argv[6]))
            print(np.abs(rate / rate.sum() - expected / expected.sum()).max() / (expected / expected.sum()).max())
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"24,28,32,0", "25,30,21,1"})
    void theRateOfACrystal(int nz, int ny, int nx, double blur) throws IOException {
        Shape3 shape = new Shape3(nz, ny, nx);
        SimulationSettings settings = new SimulationSettings(shape, 5, 4, 1e6, 3, blur);
        SplittableRandom random = new SplittableRandom(settings.seed());
        random.split();
        Path crystal = write("crystal", fine(Crystal.random(random, settings), shape));
        Path rate = write("rate", CrystalSimulator.simulate(settings).rate().data());

        double error = Double.parseDouble(Python.run(SCRIPT, crystal, rate, nz, ny, nx, blur));

        assertThat(error).isCloseTo(0, within(1e-5));
    }

    /** The crystal on a grid twice as fine, from the eight interleaved ones. */
    private static float[] fine(Crystal crystal, Shape3 shape) {
        Shape3 twice = new Shape3(2 * shape.nz(), 2 * shape.ny(), 2 * shape.nx());
        float[] fine = new float[2 * twice.size()];
        for (int part = 0; part < 8; part++) {
            int oddZ = part >> 2;
            int oddY = part >> 1 & 1;
            int oddX = part & 1;
            float[] sampled = crystal.sample(shape, 0.5 * oddZ, 0.5 * oddY, 0.5 * oddX);
            for (int i = 0; i < shape.size(); i++) {
                int z = 2 * (i / shape.frameSize()) + oddZ;
                int y = 2 * (i / shape.nx() % shape.ny()) + oddY;
                int x = 2 * (i % shape.nx()) + oddX;
                System.arraycopy(sampled, 2 * i, fine, 2 * twice.index(z, y, x), 2);
            }
        }
        return fine;
    }

    private Path write(String name, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Files.write(folder.resolve(name), bytes.array());
    }
}
