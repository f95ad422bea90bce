package org.bcdi.device;

import fr.esrf.Tango.DevFailed;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.tango.client.database.DatabaseFactory;
import org.tango.server.ServerManager;
import org.tango.server.properties.AttributePropertiesManager;

/** What the Tango database knows of a device, or what stands in for it where there is none. */
record RegisteredDevice(String name, String className) implements MemorizedSettings.Memory {
    private static final Logger LOG = LogManager.getLogger(RegisteredDevice.class);

    /** Property of an attribute in which JTango keeps what was written last. */
    private static final String MEMORIZED = "__value";

    @Override
    public @Nullable String of(String attribute) throws DevFailed {
        return new AttributePropertiesManager(name).getAttributePropertyFromDB(attribute, MEMORIZED);
    }

    @Override
    public void keep(String attribute, String value) throws DevFailed {
        new AttributePropertiesManager(name).setAttributePropertyInDB(attribute, MEMORIZED, value);
    }

    /** Devices of its class in this server, itself too: they share its memory. */
    int siblings() {
        try {
            String server = ServerManager.getInstance().getServerName();
            return Math.max(1, DatabaseFactory.getDatabase().getDeviceList(server, className).length);
        } catch (DevFailed e) {
            LOG.warn("The other devices of this server are not known: {}", Failures.sentence(e));
            return 1;
        }
    }
}
