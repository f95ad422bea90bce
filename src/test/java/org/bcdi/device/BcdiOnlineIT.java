package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.bcdi.testing.CrystalDetector;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The device in a process of its own, without a database, asked by PyTango. */
@EnabledIfPython({"tango", "numpy", "h5py"})
@Timeout(300)
class BcdiOnlineIT {
    private static final String CONTRACT = """
            import runpy, sys
            sys.path.insert(0, "src/test/python")
            sys.argv[0] = "contract.py"
            runpy.run_path("src/test/python/contract.py", run_name="__main__")
            """;

    @TempDir
    private Path results;

    @Test
    void keepsTheContractOfItsAttributesCommandsAndEvents() {
        try (CrystalDetector detector = CrystalDetector.start();
                ServedDevice device = ServedDevice.start(Map.of(
                        "DetectorDevice",
                        detector.address(),
                        "InpaintingModel",
                        "linear",
                        "ResultDirectory",
                        results.toString()))) {
            assertThat(Python.run(CONTRACT, device.address(), detector.address(), CrystalDetector.FRAMES, results))
                    .contains("OK");
        }
    }

    @Test
    void saysInOneSentenceWhatIsWrongWithAPropertyAndStillServes() {
        try (ServedDevice device = ServedDevice.start(Map.of("DetectorName", "pilatus"))) {
            String told = Python.run("""
                    import sys, tango
                    device = tango.DeviceProxy(sys.argv[1])
                    print(device.state())
                    print(device.status())
                    print(device.read_attribute("rFactor").quality, device.stage)
                    for command in (device.Start, lambda: device.Save(""), lambda: device.BeginScan("{}")):
                        try:
                            command()
                        except tango.DevFailed as failure:
                            print(failure.args[0].reason, failure.args[0].origin)
                    """, device.address());
            assertThat(told.lines())
                    .startsWith("FAULT")
                    .anyMatch(line -> line.startsWith("Detector 'pilatus' is unknown; choose one of maxipix-2x2"))
                    .contains(
                            "ATTR_INVALID idle",
                            "BCDI_InvalidInput BcdiOnline.Start",
                            "BCDI_InvalidInput BcdiOnline.Save",
                            "BCDI_InvalidInput BcdiOnline.BeginScan");
        }
    }

    @Test
    void faultsOnAModelThatIsNoneAndTriesAgainOnReset() {
        try (ServedDevice device = ServedDevice.start(Map.of("InpaintingModel", "no-such-model.onnx"))) {
            String told = Python.run("""
                    import sys, time, tango
                    device = tango.DeviceProxy(sys.argv[1])
                    def fault():
                        end = time.monotonic() + 20
                        while device.state() != tango.DevState.FAULT and time.monotonic() < end:
                            time.sleep(0.02)
                        print(device.state(), device.status())
                    fault()
                    device.Reset()
                    fault()
                    """, device.address());
            assertThat(told.lines()).hasSize(2).allMatch(line -> line.matches("FAULT .*no-such-model.onnx.*"));
        }
    }

    @Test
    void pushesItsStateWithoutPolling() {
        try (CrystalDetector detector = CrystalDetector.start();
                ServedDevice device =
                        ServedDevice.start(Map.of("DetectorDevice", detector.address(), "InpaintingModel", "none"))) {
            String told = Python.run("""
                    import sys, time, tango
                    device = tango.DeviceProxy(sys.argv[1])
                    states = []
                    device.subscribe_event(
                        "State", tango.EventType.CHANGE_EVENT, lambda event: states.append(str(event.attr_value.value)))
                    end = time.monotonic() + 30
                    # what is pushed while the subscription is still on its way is lost: stop and start until it is heard
                    while "STANDBY" not in states and time.monotonic() < end:
                        device.Stop()
                        time.sleep(0.5)
                        device.Start()
                        time.sleep(0.5)
                    while states[-1] != "ON" and time.monotonic() < end:
                        time.sleep(0.02)
                    print(states)
                    """, device.address());
            assertThat(told).endsWith("'STANDBY', 'ON']");
        }
    }
}
