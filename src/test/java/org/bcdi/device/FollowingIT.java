package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoApi.DeviceProxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.bcdi.detector.PixelType;
import org.bcdi.detector.lima.DataArray;
import org.bcdi.sim.lima.Weaknesses;
import org.bcdi.testing.SimulatedDetector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Long acquisitions of a detector with Lima's weaknesses: 2,000 frames of 516x516 at 100 a second, nothing lost. Without a
 * database the device polls; {@code TangoDatabaseIT} has the events themselves.
 */
@Tag("slow")
@Timeout(300)
class FollowingIT {
    private static final int FRAMES = 2000;
    private static final Weaknesses THROTTLED =
            Weaknesses.NONE.withEventsPerSecond(25).withoutFinalEvent();

    private DeviceProxy device;

    @Test
    void losesNoneOfTwoThousandFramesWithThrottledEventsAndNoFinalOne() throws DevFailed {
        try (SimulatedDetector detector = film(FRAMES, THROTTLED);
                ServedDevice served = serve(detector)) {
            follow(served);
            detector.acquire(FRAMES, 0.009, 0.001);
            await().atMost(Duration.ofMinutes(3)).until(() -> number("scanCount") == 1);
            assertNothingLost(FRAMES);
        }
    }

    @Test
    void takesTheScanAfterTheDetectorsProcessWasKilledAndStartedAgain() throws DevFailed {
        try (SimulatedDetector detector = film(FRAMES, THROTTLED);
                ServedDevice served = serve(detector)) {
            follow(served);
            detector.acquire(300, 0.004, 0.001);
            await().atMost(Duration.ofMinutes(3)).until(() -> number("scanCount") == 1);
            detector.kill();
            await().atMost(Duration.ofMinutes(3)).until(() -> text("Status").contains("does not answer"));
            detector.restart();
            detector.acquire(FRAMES, 0.009, 0.001);
            await().atMost(Duration.ofMinutes(3)).until(() -> number("scanCount") == 2);
            assertNothingLost(FRAMES);
        }
    }

    private static SimulatedDetector film(int frames, Weaknesses weaknesses) {
        return SimulatedDetector.start(
                new SimulatedDetector.Film(PixelType.UINT32, 516, 516, frames, false), weaknesses);
    }

    private static ServedDevice serve(SimulatedDetector detector) {
        return ServedDevice.start(
                Map.of("DetectorDevice", detector.address(), "InpaintingModel", "none", "PollingPeriod", "50"));
    }

    /** Has the corner of each frame kept, where the film writes the frame's number. */
    private void follow(ServedDevice served) throws DevFailed {
        device = new DeviceProxy(served.address());
        device.write_attribute(new DeviceAttribute("roi", "0:16,0:16"));
        device.write_attribute(new DeviceAttribute("autoPhase", false));
        await().atMost(Duration.ofMinutes(3)).until(() -> text("Status").contains("Waiting for"));
    }

    private void assertNothingLost(int frames) throws DevFailed {
        assertThat(number("framesReceived")).isEqualTo(frames);
        assertThat(number("framesMissing")).isZero();
        assertThat(number("curvesDropped")).isZero();
        DataArray volume = DataArray.decode(device.read_attribute("rawVolume").extractDevEncoded().encoded_data);
        assertThat(volume.frames()).isEqualTo(frames);
        ByteBuffer pixels = volume.pixels();
        int[] numbers = IntStream.range(0, frames)
                .map(frame -> (int) pixels.getFloat(frame * 16 * 16 * 4))
                .toArray();
        assertThat(numbers).isEqualTo(IntStream.range(0, frames).toArray());
    }

    private int number(String attribute) throws DevFailed {
        return device.read_attribute(attribute).extractLong();
    }

    private String text(String attribute) throws DevFailed {
        return device.read_attribute(attribute).extractString();
    }
}
