package org.bcdi.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bcdi.testing.EnabledIfPython;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("docker")
@EnabledIf("org.bcdi.deploy.TangoDatabase#engineAvailable")
@EnabledIfPython("tango")
class TangoDatabaseIT {
    private static final TangoDatabase DATABASE = new TangoDatabase();

    @BeforeAll
    static void startTheDatabase() {
        DATABASE.start();
    }

    @AfterAll
    static void stopTheDatabase() {
        DATABASE.stop();
    }

    @Test
    void theDevicesOfTheRegistrationFileAreInTheDatabase() {
        String devices = PyTango.run(DATABASE.tangoHost(), Duration.ofSeconds(30), "registered.py");

        assertThat(devices.lines())
                .containsExactlyInAnyOrder(
                        "BcdiOnline/1 BcdiOnline id01/bcdi/1 DetectorDevice=sim/lima/1",
                        "LimaCCDs/sim LimaCCDs sim/lima/1 DetectorDevice=");
    }
}
