package org.bcdi.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Times what a user of Python would write with care, in a Python of its own. */
final class PythonTimer {
    private static final Logger LOG = LogManager.getLogger(PythonTimer.class);
    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

    /** One HIO iteration on edge^3 voxels: single precision, all cores, in place where possible; the fastest of 20 blocks of five. */
    static final String ITERATION = """
            import sys, time
            import numpy as np, scipy.fft as fft
            n = int(sys.argv[1])
            random = np.random.default_rng(1)
            modulus = np.abs(random.normal(size=(n, n, n))).astype('f4')
            inside = np.zeros((n, n, n), bool)
            inside[:n // 3, :n // 3, :n // 3] = True
            x = (random.normal(size=(n, n, n)) + 1j * random.normal(size=(n, n, n))).astype('c8')

            def iteration(x):
                wave = fft.fftn(x, workers=-1)
                wave *= modulus / np.maximum(np.abs(wave), np.float32(1e-20))
                projected = fft.ifftn(wave, workers=-1, overwrite_x=True)
                return np.where(inside, projected, x - np.float32(0.9) * projected)

            for _ in range(3):
                x = iteration(x)
            times = []
            for _ in range(20):
                start = time.perf_counter()
                for _ in range(5):
                    x = iteration(x)
                times.append((time.perf_counter() - start) / 5)
            print(min(times))
            """;

    /** A cross of a width in edge^3 voxels filled by scikit-image's biharmonic sheet, frame by frame; the fastest of six fills. */
    static final String BIHARMONIC = """
            import sys, time
            import numpy as np
            from skimage.restoration import inpaint_biharmonic
            n, gap = int(sys.argv[1]), int(sys.argv[2])
            frames = np.log1p(np.random.default_rng(1).poisson(3, (n, n, n)))
            cross = np.zeros((n, n), bool)
            cross[n // 2 + 12:n // 2 + 12 + gap] = cross[:, n // 2 + 12:n // 2 + 12 + gap] = True
            times = []
            for _ in range(6):
                start = time.perf_counter()
                for frame in frames:
                    inpaint_biharmonic(frame, cross)
                times.append(time.perf_counter() - start)
            print(min(times))
            """;

    private PythonTimer() {}

    /** What a script prints; empty where there is no Python that can. */
    static OptionalDouble seconds(String script, int... arguments) {
        for (String interpreter : INTERPRETERS) {
            try {
                List<String> command = new ArrayList<>(List.of(interpreter, "-c", script));
                IntStream.of(arguments).mapToObj(Integer::toString).forEach(command::add);
                Process process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String said;
                try (InputStream out = process.getInputStream()) {
                    said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
                }
                if (process.waitFor() == 0) {
                    return OptionalDouble.of(Double.parseDouble(said));
                }
            } catch (IOException e) {
                LOG.debug("{}", interpreter, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }
}
