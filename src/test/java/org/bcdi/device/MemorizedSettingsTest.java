package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemorizedSettingsTest {
    private final BcdiOnline device = new BcdiOnline();
    private final Map<String, String> kept = new HashMap<>();

    @Test
    void everySettingIsRestored() {
        Map<String, String> refused = restore(Map.of(
                "autoProcess", "false",
                "autoPhase", "0",
                "autoSave", "FALSE",
                "recipe", "HIO30/ER10",
                "roi", "0:16,8:40",
                "seed", "-7",
                "sliceAxis", "1",
                "sliceIndex", "5"));

        assertThat(refused).isEmpty();
        assertThat(device.getAutoProcess()).isFalse();
        assertThat(device.getAutoPhase()).isFalse();
        assertThat(device.getAutoSave()).isFalse();
        assertThat(device.getRecipe()).isEqualTo("HIO30/ER10");
        assertThat(device.getRoi()).isEqualTo("0:16,8:40");
        assertThat(device.getSeed()).isEqualTo(-7);
        assertThat(device.getSliceAxis()).isEqualTo(1);
        assertThat(device.getSliceIndex()).isEqualTo(5);
    }

    @Test
    void oneThatIsRefusedIsToldAndTheOthersHold() {
        Map<String, String> refused = restore(
                Map.of("autoSave", "maybe", "recipe", "HIO30/OLD", "roi", "auto:256", "seed", "x", "sliceAxis", "2"));

        assertThat(refused).containsOnlyKeys("autoSave", "recipe", "seed");
        assertThat(refused.get("recipe"))
                .startsWith("The memorized recipe is not restored: The recipe 'HIO30/OLD' cannot be followed: ")
                .endsWith(". It is 'auto' now; write it anew, or call Reset.");
        assertThat(refused.get("seed")).contains("'x' is no whole number.").contains("It is '1' now");
        assertThat(device.getRoi()).isEqualTo("auto:256");
        assertThat(device.getSliceAxis()).isEqualTo(2);
        // A recipe may be understood again; what is no number is none for JTango either
        assertThat(kept)
                .containsEntry("recipe", "HIO30/OLD")
                .containsEntry("seed", "1")
                .containsEntry("autoSave", "true");
    }

    @Test
    void whatTheDatabaseDoesNotKnowStaysAsItIs() {
        assertThat(restore(Map.of("roi", ""))).isEmpty();
        assertThat(device.getRecipe()).isEqualTo("auto");
        assertThat(device.getRoi()).isEmpty();
    }

    @Test
    void tangoItselfRestoresNoneAfterInit() {
        assertThat(AttributeTable.of(BcdiOnline.class))
                .filteredOn(AttributeTable.Entry::writable)
                .hasSize(8)
                .allSatisfy(entry -> {
                    assertThat(entry.attribute().isMemorized()).isTrue();
                    assertThat(entry.attribute().isMemorizedAtInit()).isFalse();
                });
    }

    private Map<String, String> restore(Map<String, String> memory) {
        kept.putAll(memory);
        return MemorizedSettings.restore(device, new MemorizedSettings.Memory() {
            @Override
            public String of(String attribute) {
                return kept.get(attribute);
            }

            @Override
            public void keep(String attribute, String value) {
                kept.put(attribute, value);
            }
        });
    }
}
