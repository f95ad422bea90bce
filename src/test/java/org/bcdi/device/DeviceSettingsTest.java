package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.model.ExecutionProvider;
import org.bcdi.pipeline.Wishes;
import org.bcdi.stack.RoiChoice;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceSettingsTest {
    @Test
    void readsThePropertiesOfProcessing() {
        assertThat(settings("auto", "cpu", "2").processing(wishes("ER1")))
                .satisfies(settings -> assertThat(settings.fill()).isEqualTo("linear"))
                .satisfies(settings -> assertThat(settings.recipe()).isEqualTo("ER1"))
                .satisfies(settings -> assertThat(settings.seed()).isEqualTo(7))
                .satisfies(settings -> assertThat(settings.provider()).isEqualTo(ExecutionProvider.CPU))
                .satisfies(settings -> assertThat(settings.gpu()).isEqualTo(2));
    }

    @Test
    void takesAnEmptyPhasingModelForAuto() {
        assertThat(settings("", "auto", "0").processing(wishes("none")).recipe())
                .isEqualTo("none");
    }

    @Test
    void theDevicesOfAServerShareItsMemory() {
        DeviceSettings settings = settings("none", "cpu", "0");
        assertThat(settings.pipeline("BcdiOnline id01/bcdi/1", 2).memoryBudgetBytes())
                .isEqualTo(settings.pipeline("BcdiOnline id01/bcdi/1", 1).memoryBudgetBytes() / 2);
    }

    @ParameterizedTest
    @CsvSource({
        "phase64, cpu, 0, PhasingModel",
        "phase\0x, cpu, 0, is no file name; choose another.",
        "auto, tpu, 0, tpu",
        "auto, cpu, -1, GpuDevice",
        "auto, cpu, first, GpuDevice"
    })
    void namesThePropertyThatCannotBeUsed(String phasing, String provider, String gpu, String named) {
        assertThatThrownBy(() -> settings(phasing, provider, gpu).processing(wishes("none")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(named);
    }

    /** Even where no network would tell. */
    @Test
    void aGpuThatIsDemandedAndAbsentIsSaidWhenModelsAreLoaded() {
        assertThatThrownBy(() -> settings("none", "cuda", "99").processor(wishes("none")))
                .isInstanceOf(BcdiException.class)
                .hasMessageContaining("choose provider auto or cpu");
    }

    private static Wishes wishes(String recipe) {
        return new Wishes(true, true, true, recipe, 7, RoiChoice.parse(""));
    }

    private static DeviceSettings settings(String phasing, String provider, String gpu) {
        return new DeviceSettings(
                "", "none", "", "linear", phasing, provider, gpu, "", "0", "100", "acquisition", "wait");
    }
}
