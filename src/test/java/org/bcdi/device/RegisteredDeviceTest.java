package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;

import fr.esrf.Tango.DevFailed;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tango.client.database.DatabaseFactory;

class RegisteredDeviceTest {
    private final RegisteredDevice device = new RegisteredDevice("id01/bcdi/1", DeviceServer.CLASS_NAME);

    @BeforeEach
    void makeADatabase() {
        DatabaseFactory.setUseDb(false);
        DatabaseFactory.setNoDbDevices(new String[] {"id01/bcdi/1", "id01/bcdi/2"}, DeviceServer.CLASS_NAME);
    }

    @AfterEach
    void forgetIt() {
        DatabaseFactory.setUseDb(true);
    }

    @Test
    void knowsTheDevicesThatItSharesAServerWith() {
        assertThat(device.siblings()).isEqualTo(2);
        assertThat(new RegisteredDevice("sim/lima/1", "LimaCCDs").siblings()).isEqualTo(1);
    }

    @Test
    void knowsWhatWasWrittenLast() throws DevFailed {
        DatabaseFactory.getDatabase()
                .setAttributeProperties(
                        device.name(), "roi", new HashMap<>(Map.of("__value", new String[] {"auto:64"})));
        assertThat(device.of("roi")).isEqualTo("auto:64");
        assertThat(device.of("recipe")).isNullOrEmpty();
        device.keep("roi", "auto:32");
        assertThat(device.of("roi")).isEqualTo("auto:32");
    }
}
