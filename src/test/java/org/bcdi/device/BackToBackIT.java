package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoApi.DeviceProxy;
import fr.esrf.TangoDs.TangoConst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bcdi.stack.RockingCurve;
import org.bcdi.store.ResultReader;
import org.bcdi.store.ScanResult;
import org.bcdi.testing.CrystalDetector;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A scan that is taken while the one before is processed: both results are right. */
@Tag("slow")
@Timeout(300)
class BackToBackIT {
    private static final int SHORTER = 20;

    @TempDir
    private Path results;

    @Test
    void twoScansInARowGiveTwoRightResults() throws DevFailed, IOException {
        try (CrystalDetector crystal = CrystalDetector.start();
                ServedDevice served = ServedDevice.start(Map.of(
                        "DetectorDevice", crystal.address(),
                        "InpaintingModel", "linear",
                        "ResultDirectory", results.toString()))) {
            DeviceProxy detector = new DeviceProxy(crystal.address());
            DeviceProxy device = new DeviceProxy(served.address());
            device.write_attribute(new DeviceAttribute("recipe", "HIO400/ER50"));
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> text(device, "State").equals("ON"));

            acquire(detector, CrystalDetector.FRAMES);
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> text(device, "stage").equals("phasing"));
            acquire(detector, SHORTER);
            await().atMost(Duration.ofMinutes(3)).until(() -> count(device, "framesReceived") == SHORTER);
            assertThat(count(device, "scanCount"))
                    .as("the first is still being processed")
                    .isZero();

            await().atMost(Duration.ofMinutes(2)).until(() -> count(device, "scanCount") == 2);
            assertThat(count(device, "curvesDropped") + count(device, "framesMissing"))
                    .isZero();
        }
        try (Stream<Path> saved = Files.list(results)) {
            List<Path> files = saved.sorted().toList();
            assertThat(files).hasSize(2);
            assertShows(files.get(0), CrystalDetector.FRAMES);
            assertShows(files.get(1), SHORTER);
        }
    }

    private static void acquire(DeviceProxy detector, int frames) throws DevFailed {
        detector.write_attribute(new DeviceAttribute("acq_nb_frames", frames));
        detector.write_attribute(new DeviceAttribute("acq_expo_time", 0.005));
        detector.command_inout("prepareAcq");
        detector.command_inout("startAcq");
    }

    private static void assertShows(Path file, int frames) {
        ScanResult result = ResultReader.read(file);
        RockingCurve curve = result.curve();
        Volume film = CrystalDetector.film();
        Volume shown = film.crop(new Region3(
                0, 0, 0, new Shape3(frames, film.shape().ny(), film.shape().nx())));
        assertThat(curve.counts().data()).isEqualTo(shown.data());
        assertThat(result.reconstruction()).isNotNull();
    }

    private static int count(DeviceProxy device, String attribute) throws DevFailed {
        return device.read_attribute(attribute).extractLong();
    }

    private static String text(DeviceProxy device, String attribute) throws DevFailed {
        return attribute.equals("State")
                ? TangoConst.Tango_DevStateName[device.state().value()]
                : device.read_attribute(attribute).extractString();
    }
}
