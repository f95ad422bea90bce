package org.bcdi.sim.lima;

import fr.esrf.Tango.DevFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;
import org.tango.server.ServerManager;

/**
 * The simulated detector as a Tango server. JTango knows one server to a JVM, so there is one simulated detector to a JVM;
 * it can be a server of its own ({@link #start}) or a second device class in a server that something else starts
 * ({@link #announce}, then {@link #export}).
 */
public final class LimaServer implements AutoCloseable {
    /** Tango class and name of the executable. */
    public static final String CLASS_NAME = "LimaCCDs";

    private final String address;

    private LimaServer(String address) {
        this.address = address;
    }

    /**
     * Starts the server; it answers when this returns.
     *
     * @param tangoOptions as on the command line: {@code -nodb} for a server without a database (with
     *     {@code -dlist NAME} for a device name other than the settings'), nothing for one with the database of TANGO_HOST
     * @throws InputException when the port is in use
     * @throws BcdiException when Tango does not start, with Tango's reason
     */
    public static LimaServer start(LimaSimSettings settings, String... tangoOptions) {
        List<String> arguments = new ArrayList<>(List.of(settings.instance()));
        arguments.addAll(Arrays.asList(tangoOptions));
        boolean database = !arguments.contains("-nodb");
        String name = settings.deviceName();
        int listed = arguments.indexOf("-dlist");
        if (listed >= 0 && listed + 1 < arguments.size()) {
            name = arguments.get(listed + 1);
        } else if (!database) {
            arguments.addAll(List.of("-dlist", name));
        }
        int port = settings.port() == 0 && database ? 0 : freePort(settings.port());
        if (port != 0) {
            System.setProperty("OAPort", Integer.toString(port));
        }
        announce(settings);
        try {
            ServerManager.getInstance().startError(arguments.toArray(String[]::new), CLASS_NAME);
        } catch (DevFailed e) {
            throw failed("start", e);
        }
        return new LimaServer(database ? name : withoutDatabase(port, name));
    }

    /** Adds the device class to a server that is started later in this JVM. Call it before the other classes are added. */
    public static void announce(LimaSimSettings settings) {
        SimulatedDevices.use(settings);
        ServerManager.getInstance().addClass(CLASS_NAME, LimaCCDs.class);
    }

    /**
     * Exports the announced device from the server of this JVM, which was started without a database: there JTango itself
     * gives devices only to the class added last.
     *
     * @param port of that server
     */
    public static LimaServer export(int port) {
        LimaSimSettings settings = SimulatedDevices.settings();
        try {
            ServerManager.getInstance().startDevice(settings.deviceName(), LimaCCDs.class);
        } catch (DevFailed e) {
            throw failed("export", e);
        }
        return new LimaServer(withoutDatabase(port, settings.deviceName()));
    }

    /** What a Tango client in need of this detector asks for. */
    public String address() {
        return address;
    }

    /** The camera, to be driven from within this JVM. */
    public SimulatedCamera camera() {
        return SimulatedDevices.camera();
    }

    @Override
    public void close() {
        SimulatedDevices.close();
        try {
            ServerManager.getInstance().stop();
        } catch (DevFailed e) {
            throw failed("stop", e);
        }
    }

    private static String withoutDatabase(int port, String name) {
        String host = System.getProperty("OAIAddr", "127.0.0.1");
        return "tango://" + host + ":" + port + "/" + name + "#dbase=no";
    }

    /** The wanted port if it is free, some free one for 0. JTango itself would not tell which port is in use. */
    private static int freePort(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new InputException(
                    "Port " + wanted + " cannot be used for the simulated detector (" + e.getMessage()
                            + "); choose another one.",
                    e);
        }
    }

    private static BcdiException failed(String what, DevFailed e) {
        String words =
                Arrays.stream(e.errors).map(error -> error.desc).distinct().collect(Collectors.joining("; "));
        return new BcdiException("The simulated detector did not " + what + ": " + words + ".", e);
    }
}
