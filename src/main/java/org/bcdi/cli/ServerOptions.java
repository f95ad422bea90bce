package org.bcdi.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.InputException;
import picocli.CommandLine.Option;

/** What a Tango server is told on its command line, besides {@link TangoOptions}. */
final class ServerOptions {
    private static final Logger LOG = LogManager.getLogger(ServerOptions.class);

    @Option(names = "--port", paramLabel = "N", description = "TCP port to listen on, as -DOAPort=N (default: any)")
    Optional<String> port = Optional.empty();

    @Option(names = "-nodb", description = "without a Tango database; bcdi serve then needs a port")
    boolean withoutDatabase;

    @Option(names = "-dlist", paramLabel = "DEVICE", description = "name of the device, without a database")
    Optional<String> device = Optional.empty();

    /**
     * For a server whose devices are its own or the database's to name.
     *
     * @throws InputException when neither a database nor a device and its port are given, or the port is in use
     */
    void requirePlace() {
        if (device.isPresent() && !device.get().matches("[^/\\s]+/[^/\\s]+/[^/\\s]+")) {
            throw new InputException(
                    "Device name '" + device.get() + "' has not three parts; write for example -dlist id01/bcdi/1.");
        }
        if (!withoutDatabase && TangoOptions.tangoHost().isEmpty()) {
            throw new InputException(
                    "TANGO_HOST is not set, so there is no Tango database; export TANGO_HOST=host:10000,"
                            + " or give -nodb, -dlist DEVICE and --port N.");
        }
        if (withoutDatabase && (device.isEmpty() || port() == 0)) {
            throw new InputException("A server without a database needs the name of its device and a port; give"
                    + " -dlist DEVICE and --port N, such as -dlist id01/bcdi/1 --port 12300.");
        }
        requireFree(port());
    }

    /** JTango itself would not tell which port is in use. */
    private static void requireFree(int port) {
        try (ServerSocket trial = new ServerSocket(port)) {
            LOG.debug("Port {} is free.", trial.getLocalPort());
        } catch (IOException e) {
            throw new InputException(
                    "Port " + port + " cannot be used (" + e.getMessage() + "); choose another with --port.", e);
        }
    }

    /** Puts port and address where the ORB looks for them. Call it before anything of Tango starts. */
    void settle() {
        port.ifPresent(TangoOptions::usePort);
        TangoOptions.settleAddress(!withoutDatabase);
    }

    /** The port that was asked for, 0 for none. */
    int port() {
        return Integer.getInteger(TangoOptions.PORT, 0);
    }

    /** The options that go on to Tango as they are. */
    String[] tango() {
        List<String> options = new ArrayList<>();
        if (withoutDatabase) {
            options.add("-nodb");
        }
        device.ifPresent(name -> options.addAll(List.of("-dlist", name)));
        return options.toArray(String[]::new);
    }

    /** Waits for a signal to stop; the server's own shutdown hook then takes its devices away. */
    static int untilStopped() throws InterruptedException {
        new CountDownLatch(1).await();
        return CommandRunner.DONE;
    }
}
