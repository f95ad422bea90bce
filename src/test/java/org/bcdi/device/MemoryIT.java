package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoApi.DeviceProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.LongStream;
import org.bcdi.testing.CrystalDetector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the device keeps from scan to scan: its process is asked for the bytes of all live objects after each of 20. */
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
            long[] heap = new long[SCANS];
            for (int scan = 0; scan < SCANS; scan++) {
                int done = scan + 1;
                detector.command_inout("prepareAcq");
                detector.command_inout("startAcq");
                await().atMost(Duration.ofMinutes(3))
                        .until(() -> device.read_attribute("scanCount").extractLong() == done
                                && device.read_attribute("stage")
                                        .extractString()
                                        .equals("done"));
                heap[scan] = served.liveBytes();
            }
            LongSummaryStatistics bytes = LongStream.of(heap).summaryStatistics();
            assertThat((double) bytes.getMax() / bytes.getMin())
                    .as(
                            "largest over smallest of %s",
                            LongStream.of(heap).boxed().toList())
                    .isLessThan(1.05);
            assertThat(results.toFile().list()).hasSize(SCANS);
        }
    }
}
