package org.bcdi.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bcdi.testing.CrystalDetector;
import org.bcdi.testing.EnabledIfPython;
import org.bcdi.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "InpaintingModel, src/test/resources/models/large.onnx, Inpainting needs a model that maps",
        "InpaintingModel, magic, Fill 'magic' is unknown",
        "MaskFile, absent.npy, absent.npy",
        "ScanShape, spiral, spiral",
        "MemoryBudget, much, MemoryBudget"
    })
    void faultsOnAPropertyThatCannotBeUsed(String property, String value, String words) {
        try (ServedDevice device = ServedDevice.start(Map.of(property, value))) {
            String told = Python.run("""
                    import sys, time, tango
                    device = tango.DeviceProxy(sys.argv[1])
                    end = time.monotonic() + 120
                    while device.state() != tango.DevState.FAULT and time.monotonic() < end:
                        time.sleep(0.02)
                    print(device.state(), device.status())
                    """, device.address());
            assertThat(told).startsWith("FAULT ").contains(words).hasLineCount(1);
        }
    }

    @Test
    void refusesBadInputInOneSentenceAndChangesNothing() throws IOException {
        Files.writeString(results.resolve("text.h5"), "no HDF5 at all");
        try (ServedDevice device = ServedDevice.start(Map.of(
                "InpaintingModel", "none",
                "DetectorName", "maxipix-2x2",
                "ResultDirectory", "/proc"))) {
            String told = Python.run("""
                    import sys, time, h5py, numpy, tango
                    device, folder = tango.DeviceProxy(sys.argv[1]), sys.argv[2]
                    with h5py.File(folder + "/nothing.h5", "w") as file:
                        file["note"] = "no frames"
                    numpy.save(folder + "/line.npy", numpy.zeros(7))
                    numpy.save(folder + "/small.npy", numpy.ones((3, 40, 50)))
                    numpy.save(folder + "/scan.npy", numpy.ones((3, 516, 516), "u2"))
                    end = time.monotonic() + 120
                    while device.state() == tango.DevState.INIT and time.monotonic() < end:
                        time.sleep(0.02)
                    print(device.state(), device.status())

                    def refused(name, *arguments):
                        try:
                            print("TAKEN", name, device.command_inout(name, *arguments))
                        except tango.DevFailed as failure:
                            print(name, failure.args[0].reason, failure.args[0].desc)

                    for file in ("absent.h5", "text.h5", "nothing.h5", "line.npy", "small.npy", "."):
                        refused("Reprocess", folder + "/" + file)
                    refused("Save", "")
                    assert device.jobs == "[]", device.jobs
                    device.autoPhase = False
                    device.Reprocess(folder + "/scan.npy")
                    while device.stage not in ("done", "failed") and time.monotonic() < end:
                        time.sleep(0.02)
                    refused("Save", "here.cxi")
                    """, device.address(), results);
            assertThat(told).doesNotContain("TAKEN");
            String[] lines = told.split("\n");
            assertThat(lines).hasSize(9);
            assertThat(lines[0]).startsWith("ALARM ").contains("/proc cannot be written to");
            List<String> words = List.of(
                    "absent.h5", "text.h5", "nothing.h5", "line.npy", "40x50", "is not there", "no result", "/proc");
            for (int i = 0; i < words.size(); i++) {
                assertThat(lines[i + 1])
                        .contains("BCDI_InvalidInput")
                        .contains(words.get(i))
                        .endsWith(".");
            }
        }
    }

    @Test
    void faultsOnAModelThatIsNoneAndTriesAgainOnReset() {
        try (ServedDevice device = ServedDevice.start(Map.of("InpaintingModel", "no-such-model.onnx"))) {
            String told = Python.run("""
                    import sys, time, tango
                    device = tango.DeviceProxy(sys.argv[1])
                    def fault():
                        end = time.monotonic() + 120
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
                    subscription = device.subscribe_event(
                        "State", tango.EventType.CHANGE_EVENT, lambda event: states.append(str(event.attr_value.value)))
                    end = time.monotonic() + 120
                    while device.state() == tango.DevState.INIT and time.monotonic() < end:
                        time.sleep(0.02)
                    # what is pushed while the subscription is still on its way is lost: stop and start until it is heard
                    while "STANDBY" not in states and time.monotonic() < end:
                        device.Stop()
                        time.sleep(0.5)
                        device.Start()
                        time.sleep(0.5)
                    while states[-1] != "ON" and time.monotonic() < end:
                        time.sleep(0.02)
                    # ending with a subscription lets Tango's threads run into Python's end
                    device.unsubscribe_event(subscription)
                    print(states)
                    """, device.address());
            assertThat(told).endsWith("'STANDBY', 'ON']");
        }
    }

    @Test
    void anInitThatFailsIsHeardByThoseWhoListen() {
        Path mask = results.resolve("mask.npy");
        Python.run("import sys, numpy; numpy.save(sys.argv[1], numpy.zeros((8, 8), 'u1'))", mask);
        try (ServedDevice device = ServedDevice.start(Map.of("MaskFile", mask.toString(), "InpaintingModel", "none"))) {
            String told = Python.run("""
                    import os, sys, time, tango
                    device = tango.DeviceProxy(sys.argv[1])
                    end = time.monotonic() + 120
                    while device.state() == tango.DevState.INIT and time.monotonic() < end:
                        time.sleep(0.02)
                    states = []
                    subscription = device.subscribe_event(
                        "State", tango.EventType.CHANGE_EVENT, lambda event: states.append(str(event.attr_value.value)))
                    # what is pushed while the subscription is still on its way is lost: init until it is heard
                    while "FAULT" not in states and time.monotonic() < end:
                        os.rename(sys.argv[2], sys.argv[2] + ".away")
                        device.Init()
                        time.sleep(0.5)
                        os.rename(sys.argv[2] + ".away", sys.argv[2])
                    device.Init()
                    while states[-1] != "STANDBY" and time.monotonic() < end:
                        time.sleep(0.02)
                    device.unsubscribe_event(subscription)
                    print(states)
                    """, device.address(), mask);
            assertThat(told).contains("'FAULT'").endsWith("'STANDBY']");
        }
    }
}
