package org.bcdi.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bcdi.testing.EnabledIfPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Tango interface as a client without a database sees it: {@code src/test/python/contract.py} holds the tests. */
@EnabledIfPython({"tango", "numpy", "h5py"})
class ContractIT {
    private static final Duration MINUTES = Duration.ofMinutes(4);
    private static final int FRAMES = 24;

    @Test
    void theDeviceKeepsItsContract(@TempDir Path folder) {
        int detectorPort = TangoDatabase.freePort();
        int serverPort = TangoDatabase.freePort();
        String detector = "tango://127.0.0.1:" + detectorPort + "/sim/lima/1#dbase=no";
        Program.run(folder, MINUTES, "bcdi", "simulate", "scan.h5", "--shape", FRAMES + ",48,48", "--seed", "7");
        try (Program camera = Program.start(
                        folder,
                        "",
                        "bcdi",
                        "lima-sim",
                        "sim",
                        "--scan",
                        "scan.h5",
                        "--port",
                        "" + detectorPort,
                        "-nodb");
                Program server = Program.start(
                        folder,
                        "",
                        "bcdi",
                        "serve",
                        "1",
                        "--property",
                        "DetectorDevice=" + detector,
                        "--property",
                        "ResultDirectory=" + folder,
                        "-nodb",
                        "-dlist",
                        "id01/bcdi/1",
                        "--port",
                        "" + serverPort)) {
            PyTango.run(
                    List.of(camera, server),
                    "",
                    MINUTES,
                    "contract.py",
                    "tango://127.0.0.1:" + serverPort + "/id01/bcdi/1#dbase=no",
                    detector,
                    FRAMES,
                    folder);
        }
    }
}
