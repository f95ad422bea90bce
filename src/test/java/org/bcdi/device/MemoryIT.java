package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoApi.DeviceProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bcdi.testing.CrystalDetector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the device keeps from scan to scan: its process is asked for the bytes of all live objects after each of 20 scans. */
@Tag("slow")
@Timeout(300)
class MemoryIT {
    private static final int SCANS = 20;

    @TempDir
    private Path results;

    @Test
    void keepsTheHeapWithinFivePercentOverTwentyScans() throws DevFailed {
        try (CrystalDetector crystal = CrystalDetector.start();
                ServedDevice served = ServedDevice.start(Map.of(
                        "DetectorDevice",
                        crystal.address(),
                        "ResultDirectory",
                        results.toString(),
                        "PollingPeriod",
                        "20"))) {
            DeviceProxy detector = new DeviceProxy(crystal.address());
            detector.write_attribute(new DeviceAttribute("acq_nb_frames", CrystalDetector.FRAMES));
            detector.write_attribute(new DeviceAttribute("acq_expo_time", 0.01));
            DeviceProxy device = new DeviceProxy(served.address());
            device.write_attribute(new DeviceAttribute("recipe", "HIO2/ER1"));
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> device.read_attribute("Status").extractString().contains("Waiting for"));
            long smallest = Long.MAX_VALUE;
            for (int scan = 1; scan <= SCANS; scan++) {
                int done = scan;
                detector.command_inout("prepareAcq");
                detector.command_inout("startAcq");
                await().atMost(Duration.ofMinutes(3))
                        .until(() -> device.read_attribute("scanCount").extractLong() == done
                                && device.read_attribute("stage")
                                        .extractString()
                                        .equals("done"));
                smallest = Math.min(smallest, served.liveBytes());
                double most = 1.05 * smallest;
                // What somebody reads or publishes just now is let go a moment later; what is kept stays
                await("live bytes after %d scans below %.0f".formatted(scan, most))
                        .atMost(Duration.ofSeconds(30))
                        .until(served::liveBytes, bytes -> bytes < most);
            }
            assertThat(results.toFile().list()).hasSize(SCANS);
        }
    }
}
