package org.bcdi.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.bcdi.device.DeviceClient;
import org.bcdi.device.DeviceServer;
import org.bcdi.pipeline.Stage;
import org.bcdi.sim.lima.LimaServer;
import org.bcdi.store.ResultReader;
import org.bcdi.task.BcdiException;

/**
 * The main job in one process: a simulated Lima detector and the device server in one Tango server without database, and a
 * client that starts the detector and watches, all talking over Tango as at a beamline.
 */
final class DemoRun {
    private static final String DEVICE = "demo/bcdi/1";
    private static final double EXPOSURE_SECONDS = 0.02;
    private static final long LOOK_NANOS = 50_000_000L;
    private static final double PATIENCE_SECONDS = 120;

    private final DemoScan scan;
    private final Path directory;
    private final String recipe;

    DemoRun(DemoScan scan, Path directory, String recipe) {
        this.scan = scan;
        this.directory = directory;
        this.recipe = recipe;
    }

    @SuppressWarnings("try") // the server lives as long as the block
    DemoResult run() {
        int port = freePort();
        TangoOptions.usePort(Integer.toString(port));
        TangoOptions.settleAddress(false);
        LimaServer.announce(scan.camera());
        Map<String, String> properties = Map.of(
                "DetectorDevice", address(port, scan.camera().deviceName()),
                "DetectorName", scan.geometry().name(),
                "ResultDirectory", directory.toAbsolutePath().toString());
        try (DeviceServer server = DeviceServer.start("demo", properties, "-nodb", "-dlist", DEVICE)) {
            DeviceClient detector = DeviceClient.open(LimaServer.export(port).address());
            DeviceClient device = DeviceClient.open(address(port, DEVICE));
            awaitState(device, "ON");
            device.write("recipe", recipe);
            return follow(detector, device);
        }
    }

    private DemoResult follow(DeviceClient detector, DeviceClient device) {
        int frames = scan.seen().shape().nz();
        long start = System.nanoTime();
        detector.write("acq_nb_frames", frames);
        detector.write("acq_expo_time", EXPOSURE_SECONDS);
        detector.command("prepareAcq");
        detector.command("startAcq");
        watch(device);
        device.command("Stop");
        double total = Stopwatch.since(start);
        Path file = renamed(Path.of(device.text("lastFile")));
        return new DemoResult(
                file,
                ResultReader.read(file),
                (int) device.number("framesReceived"),
                (int) device.number("framesMissing"),
                device.text("executionProvider"),
                device.number("latency"),
                device.number("inpaintingTime"),
                device.number("phasingTime"),
                total);
    }

    /** Shows every stage until the result is saved. */
    private static void watch(DeviceClient device) {
        try (StageBars bars = StageBars.always()) {
            String seen = "";
            long changed = System.nanoTime();
            while (true) {
                Stage stage = Stage.valueOf(device.text("stage").toUpperCase(Locale.ROOT));
                double percent = device.number("progress");
                bars.progress(stage, percent / 100);
                if (stage == Stage.FAILED) {
                    throw new BcdiException("The device server failed: " + device.status());
                }
                if (stage == Stage.DONE && !device.text("lastFile").isEmpty()) {
                    return;
                }
                String now = stage.word() + percent;
                changed = now.equals(seen) ? changed : System.nanoTime();
                seen = now;
                if (Stopwatch.since(changed) > PATIENCE_SECONDS) {
                    throw new BcdiException("The device server made no progress for " + (int) PATIENCE_SECONDS
                            + " s while " + stage.word() + ": " + device.status());
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private static void awaitState(DeviceClient device, String wanted) {
        long start = System.nanoTime();
        while (!device.state().equals(wanted)) {
            if (device.state().equals("FAULT") || Stopwatch.since(start) > PATIENCE_SECONDS) {
                throw new BcdiException("The device server is not ready: " + device.status());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** The device overwrites nothing; a demo that is run again does. */
    private Path renamed(Path saved) {
        Path file = directory.resolve("demo.cxi");
        try {
            return Files.move(saved, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BcdiException("Result " + saved + " cannot be renamed to " + file + ".", e);
        }
    }

    private static String address(int port, String device) {
        return "tango://" + System.getProperty(TangoOptions.ADDRESS) + ":" + port + "/" + device + "#dbase=no";
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BcdiException("No free TCP port was found for the demo: " + e.getMessage() + ".", e);
        }
    }
}
