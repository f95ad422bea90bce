package org.bcdi.fourier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Shape3;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The convention of stored arrays, against NumPy's words for it. */
@EnabledIfPython("numpy")
class NumpyTransformTest {
    private static final String SCRIPT = """
            import sys, numpy as np
            shape = tuple(int(n) for n in sys.argv[3:6])
            f = np.fromfile(sys.argv[1], '<c8').reshape(shape).astype('c16')
            wave = np.fromfile(sys.argv[2], '<c8').reshape(shape)
            expected = np.fft.fftshift(np.fft.fftn(np.fft.ifftshift(f), norm='ortho'))
            print(np.abs(wave - expected).max() / np.abs(expected).max())
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"16,16,16", "97,60,35", "1,31,64", "23,2,45"})
    void theWaveAtTheDetectorIsTheShiftedTransformOfTheShiftedObject(int nz, int ny, int nx) throws IOException {
        Shape3 shape = new Shape3(nz, ny, nx);
        ComplexVolume object = new ComplexVolume(shape, FourierTransformTest.random(shape, 13));
        Path before = write("object", object);
        Path after = write("wave", FourierTransform.toDetector(object));

        double error = Double.parseDouble(Python.run(SCRIPT, before, after, nz, ny, nx));

        assertThat(error).isCloseTo(0, within(2e-6));
    }

    private Path write(String name, ComplexVolume volume) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * volume.data().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(volume.data());
        return Files.write(folder.resolve(name), bytes.array());
    }
}
