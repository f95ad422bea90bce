package org.bcdi.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The measured rocking curve that tests run on where it is at hand: 201 frames of 256x256, gap-free, 46.2 million counts
 * (APS 34-ID-C, S0054). Found by the system property {@code bcdi.realScan}, else the environment variable {@code
 * BCDI_REAL_SCAN}, else beside the checkout.
 */
public final class RealScan {
    private RealScan() {}

    public static Optional<Path> find() {
        String named = System.getProperty("bcdi.realScan", System.getenv("BCDI_REAL_SCAN"));
        Path file = Path.of(named != null ? named : "../shared/data/s0054_34idc.h5");
        return Optional.of(file).filter(Files::isReadable);
    }

    /** The file; skips the test that asks where there is none. */
    public static Path orSkip() {
        Optional<Path> file = find();
        Assumptions.assumeTrue(file.isPresent(), "no measured scan at hand: set BCDI_REAL_SCAN to s0054_34idc.h5");
        return file.orElseThrow();
    }
}
