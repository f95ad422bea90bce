package org.bcdi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.bcdi.testing.EnabledIfPython;
import org.junit.jupiter.api.Test;

@EnabledIfPython({"numpy", "scipy", "skimage"})
class PythonTimerTest {
    @Test
    void timesAnIteration() {
        assertThat(PythonTimer.seconds(PythonTimer.ITERATION, 16).orElseThrow()).isBetween(1e-5, 1.0);
    }

    @Test
    void timesTheBiharmonicSheetOfScikitImage() {
        assertThat(PythonTimer.seconds(PythonTimer.BIHARMONIC, 32, 4).orElseThrow())
                .isBetween(1e-4, 20.0);
    }

    @Test
    void aScriptThatNoPythonCanRunHasNoTime() {
        assertThat(PythonTimer.seconds("import no_such_package_at_all")).isEmpty();
    }
}
