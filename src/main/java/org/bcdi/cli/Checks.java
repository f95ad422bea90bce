package org.bcdi.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.device.DeviceClient;
import org.bcdi.model.ExecutionProvider;
import org.bcdi.model.Models;
import org.bcdi.model.Network;
import org.bcdi.model.Networks;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.bcdi.task.Version;

/** The single checks of {@code bcdi doctor}. */
final class Checks {
    private static final Logger LOG = LogManager.getLogger(Checks.class);
    private static final long GIB = 1L << 30;
    private static final int PATIENCE_MILLIS = 3000;

    private Checks() {}

    static Check java() {
        return Check.ok(
                "java",
                Runtime.version() + " runs bcdi-online " + Version.text() + " on "
                        + Runtime.getRuntime().availableProcessors() + " cores");
    }

    static Check memory() {
        long most = Runtime.getRuntime().maxMemory();
        String finding = String.format("at most %.1f GiB for this program", (double) most / GIB);
        return most >= 4 * GIB
                ? Check.ok("memory", finding)
                : Check.note("memory", finding, "for scans above 256x256x256 set BCDI_JAVA_OPTS=-Xmx8g or more");
    }

    static Check disk(Path directory) {
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            return Check.fail("disk", directory + " is not a directory one can write to", "choose another with --out");
        }
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            String finding = String.format("%.1f GiB free in %s", (double) free / GIB, directory.toAbsolutePath());
            return free >= GIB
                    ? Check.ok("disk", finding)
                    : Check.fail("disk", finding, "make room: a result takes up to 1 GiB");
        } catch (IOException e) {
            return Check.fail("disk", directory + " cannot be looked at (" + e.getMessage() + ")", "check the mount");
        }
    }

    static Check tango(String host) {
        if (host.isEmpty()) {
            return Check.note(
                    "tango",
                    "TANGO_HOST is not set, so there is no database",
                    "export TANGO_HOST=host:10000, or serve with -nodb");
        }
        String[] parts = host.split(",", 2)[0].split(":", 2);
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(parts.length == 2 ? parts[1] : "10000");
            socket.connect(new InetSocketAddress(parts[0], port), PATIENCE_MILLIS);
            return Check.ok(
                    "tango", "a server answers at " + host + ", devices announce " + TangoOptions.addressTowards(host));
        } catch (IllegalArgumentException e) {
            // No number, or none of a port
            return Check.fail("tango", "TANGO_HOST=" + host + " has no valid port", "write host:10000");
        } catch (IOException e) {
            return Check.fail(
                    "tango", "nobody answers at TANGO_HOST=" + host, "start the database, or correct TANGO_HOST");
        }
    }

    static Check detector(String device) {
        if (device.isEmpty()) {
            return Check.note("detector", "not looked at", "name its Tango device with --device to check it");
        }
        try {
            DeviceClient lima = DeviceClient.open(device);
            return Check.ok(
                    "detector",
                    String.format(
                            "%s is a Lima %s detector of type %s, %s",
                            device, lima.text("lima_version"), lima.text("camera_type"), lima.text("acq_status")));
        } catch (BcdiException e) {
            LOG.debug("detector", e);
            return Check.fail(
                    "detector",
                    String.valueOf(e.getMessage()),
                    "start the Lima server, or correct the name; without database it is"
                            + " tango://host:port/a/b/c#dbase=no");
        }
    }

    /** Every network in the models folder: card, checksum, shapes, one run on the CPU. */
    static List<Check> models() {
        List<Check> checks = new ArrayList<>();
        try {
            for (Path network : networks()) {
                checks.add(model(network));
            }
        } catch (InputException | IOException e) {
            return List.of(Check.fail("models", String.valueOf(e.getMessage()), "restore the models folder"));
        }
        return checks.isEmpty()
                ? List.of(Check.fail("models", "no networks in " + Models.directory(), "restore the models folder"))
                : checks;
    }

    private static List<Path> networks() throws IOException {
        List<Path> networks = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Models.directory(), "*.onnx")) {
            files.forEach(networks::add);
        }
        return networks;
    }

    private static Check model(Path file) {
        try (Network network = Networks.open(file, ExecutionProvider.CPU, 0)) {
            return Check.ok(
                    "model",
                    network.card().name() + " " + network.card().version() + ", checksum "
                            + network.card().sha256().substring(0, 12) + ", runs");
        } catch (InputException e) {
            return Check.fail("model", String.valueOf(e.getMessage()), "restore " + file + " and its model card");
        } catch (BcdiException e) {
            return Check.fail("model", String.valueOf(e.getMessage()), "the model is not to blame");
        }
    }

    static Check gpu() {
        try {
            for (Path file : networks()) {
                try (Network network = Networks.open(file, ExecutionProvider.CUDA, 0)) {
                    return Check.ok("gpu", "GPU 0 runs " + network.card().name());
                }
            }
        } catch (BcdiException | IOException e) {
            LOG.debug("gpu", e);
        }
        return Check.note(
                "gpu",
                "none that ONNX Runtime can use (why: --debug)",
                "the CPU does it, slower; for a GPU see docs/how-to/use-a-gpu.md");
    }
}
