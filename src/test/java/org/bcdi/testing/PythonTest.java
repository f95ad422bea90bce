package org.bcdi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

@EnabledIfPython("sys")
class PythonTest {
    @Test
    void argumentsReachTheScriptAndItsOutputComesBack() {
        assertThat(Python.run("import sys\nprint(sys.argv[1:])", "a b", 3)).isEqualTo("['a b', '3']");
    }

    @Test
    void aFailingScriptFailsTheTestWithItsTraceback() {
        assertThatThrownBy(() -> Python.run("raise ValueError('sorry')"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ValueError: sorry");
    }

    @Test
    void aModuleThatIsNotThereIsNotImported() {
        assertThat(Python.imports("sys", "no_such_module_of_ours")).isFalse();
    }
}
