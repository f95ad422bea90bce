package org.bcdi.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bcdi.testing.EnabledIfPython;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Database, detector, device server and client, each in a process of its own, finding each other by names alone. */
@Tag("docker")
@EnabledIf("org.bcdi.deploy.TangoDatabase#engineAvailable")
@EnabledIfPython({"tango", "numpy"})
class TangoDatabaseIT {
    private static final TangoDatabase DATABASE = new TangoDatabase();
    private static final Duration MINUTES = Duration.ofMinutes(3);
    private static final int FRAMES = 24;
    private static final String DEVICE = "id01/bcdi/1";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void startTheDatabase() {
        DATABASE.start();
        Program.run(folder, MINUTES, "bcdi", "simulate", "scan.h5", "--shape", FRAMES + ",48,48", "--seed", "7");
    }

    @AfterAll
    static void stopTheDatabase() {
        DATABASE.stop();
    }

    @Test
    void theDevicesOfTheRegistrationFileAreInTheDatabase() {
        assertThat(client(List.of(), "registered.py").lines())
                .containsExactlyInAnyOrder(
                        "BcdiOnline/1 BcdiOnline id01/bcdi/1 DetectorDevice=sim/lima/1",
                        "LimaCCDs/sim LimaCCDs sim/lima/1 DetectorDevice=");
    }

    @Test
    void aClientByDatabaseNamesGetsEventsAndAnInpaintedScan() {
        try (Program detector = start("bcdi", "lima-sim", "sim", "--scan", "scan.h5");
                Program server = start("BcdiOnline", "1")) {
            assertThat(client(List.of(detector, server), "database_scan.py", FRAMES)
                            .lines())
                    .anyMatch(line -> line.endsWith("done"))
                    .contains(FRAMES + "x48x48");
        }
    }

    @Test
    void losesNoneOfTwoThousandFramesOfADetectorThatDropsItsEventsAndNeverPushesTheLast() {
        int frames = 2000;
        Program.run(folder, MINUTES, "bcdi", "simulate", "large.h5", "--shape", "8,516,516", "--seed", "3");
        try (Program detector = start(
                        "bcdi", "lima-sim", "sim", "--scan", "large.h5", "--event-rate", "25", "--no-final-event");
                Program server = start("BcdiOnline", "1")) {
            assertThat(client(List.of(detector, server), "database_scan.py", frames, 0.01, "262:294,262:294")
                            .lines())
                    .contains(frames + "x32x32");
        }
    }

    @Test
    void theNextScanOfADetectorThatWasKilledAndStartedOnAnotherPortIsTaken() {
        try (Program server = start("BcdiOnline", "1")) {
            for (int life = 1; life <= 2; life++) {
                try (Program detector = start("bcdi", "lima-sim", "sim", "--scan", "scan.h5")) {
                    assertThat(client(List.of(detector, server), "database_scan.py", FRAMES)
                                    .lines())
                            .contains(FRAMES + "x48x48");
                }
            }
        }
    }

    @Test
    void settingsAreStillThereAfterTheServerWasStoppedAndStarted() {
        String settings = "recipe=\"HIO30/ER10\";roi=\"0:16,8:40\";autoProcess=false;autoPhase=false;autoSave=false;"
                + "sliceAxis=1;sliceIndex=5";
        String before;
        try (Program server = start("BcdiOnline", "1")) {
            before = client(List.of(server), "settings.py", DEVICE, "read", settings);
            client(List.of(server), "settings.py", DEVICE, "write", settings);
            assertThat(server.terminate(Duration.ofSeconds(20)))
                    .as("exit code after SIGTERM; it printed:%n%s", server.output())
                    .isIn(0, 143);
        }
        try (Program server = start("BcdiOnline", "1")) {
            assertThat(client(List.of(server), "settings.py", DEVICE, "read", settings))
                    .isEqualTo(settings)
                    .isNotEqualTo(before);
            client(List.of(server), "settings.py", DEVICE, "write", before);
        }
    }

    private static Program start(String name, String... arguments) {
        return Program.start(folder, DATABASE.tangoHost(), name, arguments);
    }

    private static String client(List<Program> servers, String script, Object... arguments) {
        return PyTango.run(servers, DATABASE.tangoHost(), MINUTES, script, arguments);
    }
}
