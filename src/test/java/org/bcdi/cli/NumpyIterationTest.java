package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.testing.EnabledIfPython;
import org.junit.jupiter.api.Test;

@EnabledIfPython({"numpy", "scipy"})
class NumpyIterationTest {
    @Test
    void timesAnIteration() {
        assertThat(NumpyIteration.seconds(16).orElseThrow()).isBetween(1e-5, 1.0);
    }
}
