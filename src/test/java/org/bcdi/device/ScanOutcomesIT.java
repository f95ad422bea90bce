package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoApi.DeviceData;
import fr.esrf.TangoApi.DeviceProxy;
import fr.esrf.TangoDs.TangoConst;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.bcdi.detector.PixelType;
import org.bcdi.detector.lima.DataArray;
import org.bcdi.sim.lima.Weaknesses;
import org.bcdi.testing.SimulatedDetector;
import org.bcdi.testing.SimulatedDetector.Film;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code docs/reference/state.md} says becomes of a scan, of the device and a detector that are processes. */
@Tag("slow")
@Timeout(300)
class ScanOutcomesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Film FILM = new Film(PixelType.UINT32, 64, 64, 100, false);

    private static SimulatedDetector detector;
    private static ServedDevice served;
    private static DeviceProxy device;

    @BeforeAll
    static void start() throws DevFailed {
        detector = SimulatedDetector.start(FILM, Weaknesses.NONE);
        served = serve(detector, "acquisition");
        device = follow(served);
    }

    @AfterAll
    static void stop() {
        served.close();
        detector.close();
    }

    @Test
    void anAbortedScanIsProcessedAsFarAsItCame() throws DevFailed {
        interrupt(() -> detector.command("abortAcq"), "the detector was stopped after frame");
        nextScanIsGood();
    }

    @Test
    void aFaultIsQuotedAndTheScanProcessedAsFarAsItCame() throws DevFailed {
        interrupt(
                () -> detector.fail("Saving: disk full"),
                "the detector reports a fault (Saving: disk full) after frame");
        detector.command("reset");
        nextScanIsGood();
    }

    @Test
    void aDetectorKilledDuringAScanLeavesTheFramesThatCame() throws DevFailed {
        interrupt(
                () -> {
                    detector.kill();
                    await().atMost(PATIENCE).until(() -> text(device, "Status").contains("does not answer"));
                    detector.restart();
                },
                "the detector was started anew");
        nextScanIsGood();
    }

    @Test
    void anAcquisitionThatIsAbortedAndAtOnceStartedAgainUnderTheSameTagIsTwoScans() throws DevFailed {
        DeviceAttribute tag = new DeviceAttribute("acq_tag");
        tag.insert(57L);
        detector.write(tag);
        int before = count(device, "scanCount");
        detector.acquire(100, 0.02, 0);
        await().atMost(PATIENCE)
                .until(() -> count(device, "framesExpected") == 100 && count(device, "framesReceived") >= 20);
        detector.command("abortAcq");
        detector.acquire(100, 0.05, 0);
        await().atMost(PATIENCE).until(() -> count(device, "scanCount") == before + 1);
        int frames = DataArray.decode(device.read_attribute("rawVolume").extractDevEncoded().encoded_data)
                .frames();
        assertThat(frames).isBetween(20, 99);
        assertThat(corners(device, frames)).startsWith(0, 1).endsWith(frames - 1);
        await().atMost(PATIENCE).until(() -> count(device, "scanCount") == before + 2);

        assertThat(corners(device, 100)).startsWith(0, 1).endsWith(98, 99);
        assertThat(state(device)).isEqualTo("ON");
    }

    @Test
    void aDetectorThatDoesNotAnswerForAWhileLosesNothing() throws DevFailed {
        int before = count(device, "scanCount");
        detector.acquire(100, 0.05, 0);
        await().atMost(PATIENCE)
                .until(() -> count(device, "framesExpected") == 100 && count(device, "framesReceived") >= 5);
        detector.freeze(true);
        await().atMost(PATIENCE).until(() -> text(device, "Status").contains("does not answer"));
        assertThat(state(device)).isEqualTo("ALARM");
        detector.freeze(false);
        await().atMost(PATIENCE).until(() -> count(device, "scanCount") == before + 1);

        assertThat(state(device)).isEqualTo("ON");
        float[] corners = corners(device, 100);
        for (int frame = 0; frame < corners.length; frame++) {
            assertThat(corners[frame]).isEqualTo(frame);
        }
        nextScanIsGood();
    }

    @Test
    void framesThatWereOverwrittenAreMissingAndTheOthersInTheirPlace() throws DevFailed {
        int frames = 400;
        Film large = new Film(PixelType.UINT32, 516, 516, frames, false);
        try (SimulatedDetector hasty = SimulatedDetector.start(large, Weaknesses.NONE.withBuffers(4));
                ServedDevice other = serve(hasty, "acquisition")) {
            DeviceProxy proxy = follow(other);
            hasty.acquire(frames, 0.001, 0);
            await().atMost(PATIENCE).until(() -> count(proxy, "scanCount") == 1);

            int missing = count(proxy, "framesMissing");
            assertThat(missing).isPositive();
            assertThat(count(proxy, "framesReceived") + missing).isEqualTo(frames);
            assertThat(state(proxy)).isEqualTo("ALARM");
            assertThat(text(proxy, "Status")).contains(missing + " frames left the detector's buffer");
            float[] corners = corners(proxy, frames);
            for (int frame = 0; frame < frames; frame++) {
                assertThat(corners[frame]).isIn(0f, (float) frame);
            }
        }
    }

    @Test
    void aStepScanIsTakenPointByPoint() throws DevFailed {
        int points = 12;
        Film steps = new Film(PixelType.UINT32, 64, 64, 100, true);
        try (SimulatedDetector stepwise = SimulatedDetector.start(steps, Weaknesses.NONE);
                ServedDevice other = serve(stepwise, "step")) {
            DeviceProxy proxy = follow(other);
            command(proxy, "BeginScan", "{\"name\": \"S7\", \"frames\": " + points + "}");
            for (int point = 1; point <= points; point++) {
                int taken = point;
                stepwise.acquire(1, 0.001, 0);
                await().atMost(PATIENCE).until(() -> count(proxy, "framesReceived") == taken);
            }
            proxy.command_inout("EndScan");
            await().atMost(PATIENCE).until(() -> count(proxy, "scanCount") == 1);

            assertThat(state(proxy)).isEqualTo("ON");
            float[] corners = corners(proxy, points);
            for (int point = 0; point < points; point++) {
                assertThat(corners[point]).isEqualTo(point);
            }
        }
    }

    /** Lets something happen after some frames of a scan, and waits for the end that it leads to. */
    private static void interrupt(Runnable happening, String flaw) throws DevFailed {
        int before = count(device, "scanCount");
        detector.acquire(100, 0.05, 0);
        await().atMost(PATIENCE)
                .until(() -> count(device, "framesExpected") == 100 && count(device, "framesReceived") >= 5);
        happening.run();
        await().atMost(PATIENCE).until(() -> count(device, "scanCount") == before + 1);
        assertThat(state(device)).isEqualTo("ALARM");
        assertThat(text(device, "Status")).contains("is incomplete: " + flaw);
        float[] corners = corners(device, count(device, "framesReceived"));
        assertThat(corners.length).isBetween(5, 99);
        assertThat(corners[corners.length - 1]).isEqualTo(corners.length - 1);
    }

    private static void nextScanIsGood() throws DevFailed {
        int before = count(device, "scanCount");
        detector.acquire(20, 0.002, 0);
        await().atMost(PATIENCE).until(() -> count(device, "scanCount") == before + 1);
        assertThat(state(device)).isEqualTo("ON");
        assertThat(corners(device, 20)[19]).isEqualTo(19);
    }

    private static ServedDevice serve(SimulatedDetector source, String shape) {
        return ServedDevice.start(
                Map.of("DetectorDevice", source.address(), "InpaintingModel", "none", "ScanShape", shape));
    }

    private static DeviceProxy follow(ServedDevice server) throws DevFailed {
        DeviceProxy proxy = new DeviceProxy(server.address());
        proxy.write_attribute(new DeviceAttribute("roi", "0:16,0:16"));
        proxy.write_attribute(new DeviceAttribute("autoPhase", false));
        await().atMost(PATIENCE).until(() -> state(proxy).equals("ON"));
        return proxy;
    }

    /** The first pixel of each frame, where the film writes the frame's number; 0 where it is missing. */
    private static float[] corners(DeviceProxy proxy, int frames) throws DevFailed {
        DataArray volume = DataArray.decode(proxy.read_attribute("rawVolume").extractDevEncoded().encoded_data);
        assertThat(volume.frames()).isEqualTo(frames);
        ByteBuffer pixels = volume.pixels();
        float[] corners = new float[frames];
        for (int frame = 0; frame < frames; frame++) {
            corners[frame] = pixels.getFloat(frame * 16 * 16 * Float.BYTES);
        }
        return corners;
    }

    private static void command(DeviceProxy proxy, String name, String argument) throws DevFailed {
        DeviceData given = new DeviceData();
        given.insert(argument);
        proxy.command_inout(name, given);
    }

    private static int count(DeviceProxy proxy, String attribute) throws DevFailed {
        return proxy.read_attribute(attribute).extractLong();
    }

    private static String text(DeviceProxy proxy, String attribute) throws DevFailed {
        return proxy.read_attribute(attribute).extractString();
    }

    private static String state(DeviceProxy proxy) throws DevFailed {
        return TangoConst.Tango_DevStateName[proxy.state().value()];
    }
}
