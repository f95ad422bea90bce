package org.bcdi.device;

import fr.esrf.Tango.DevFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bcdi.task.BcdiException;
import org.tango.server.ServerManager;

/** The Tango server of class BcdiOnline. JTango knows one server to a JVM. */
public final class DeviceServer implements AutoCloseable {
    /** Tango class and name of the executable. */
    public static final String CLASS_NAME = "BcdiOnline";

    static {
        // Else JTango reads every attribute, volumes included, whenever a client asks for the state
        System.setProperty("org.tango.server.checkalarms", "false");
    }

    private DeviceServer() {}

    /** Names of the device's properties. */
    public static List<String> properties() {
        return BcdiProperties.PROPERTIES;
    }

    /**
     * Starts the server; it answers when this returns, while models are still being loaded.
     *
     * @param instance of the server
     * @param properties that go before those of the Tango database
     * @param tangoArgs such as {@code -nodb -dlist id01/bcdi/1}; nothing for a server of the database of TANGO_HOST
     * @throws org.bcdi.task.InputException when a property is unknown
     * @throws BcdiException when Tango does not start, with Tango's reason
     */
    public static DeviceServer start(String instance, Map<String, String> properties, String... tangoArgs) {
        GivenProperties.use(properties, BcdiProperties.PROPERTIES);
        List<String> arguments = new ArrayList<>(List.of(instance));
        arguments.addAll(List.of(tangoArgs));
        ServerManager manager = ServerManager.getInstance();
        manager.addClass(CLASS_NAME, BcdiOnline.class);
        try {
            manager.startError(arguments.toArray(String[]::new), CLASS_NAME);
        } catch (DevFailed e) {
            throw new BcdiException(
                    "The server " + CLASS_NAME + "/" + instance + " did not start: " + Failures.sentence(e)
                            + "; check TANGO_HOST, or give -nodb and -dlist.",
                    e);
        }
        return new DeviceServer();
    }

    /** Ends the devices and the server. */
    @Override
    public void close() {
        try {
            ServerManager.getInstance().stop();
        } catch (DevFailed e) {
            throw new BcdiException("The server did not end cleanly: " + Failures.sentence(e) + ".", e);
        }
    }
}
