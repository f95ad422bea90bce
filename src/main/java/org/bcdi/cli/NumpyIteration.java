package org.bcdi.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** One HIO iteration as a user of NumPy and SciPy would write it with care: single precision, all cores, in place where possible. */
final class NumpyIteration {
    private static final Logger LOG = LogManager.getLogger(NumpyIteration.class);
    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");
    private static final String SCRIPT = """
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

    private NumpyIteration() {}

    /** Of the fastest of 20 blocks of five iterations; empty where there is no Python that can. */
    static OptionalDouble seconds(int edge) {
        for (String interpreter : INTERPRETERS) {
            try {
                Process process = new ProcessBuilder(interpreter, "-c", SCRIPT, Integer.toString(edge))
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
