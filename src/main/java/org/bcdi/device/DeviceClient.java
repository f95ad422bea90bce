package org.bcdi.device;

import fr.esrf.Tango.AttrQuality;
import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoApi.DeviceData;
import fr.esrf.TangoApi.DeviceProxy;
import fr.esrf.TangoDs.TangoConst;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.bcdi.task.BcdiException;

/**
 * A plain Tango client of one device: reads and writes scalars, runs commands. Blocks for at most the Tango time-out; for
 * one thread at a time.
 */
public final class DeviceClient {
    private final String address;
    private final DeviceProxy proxy;

    private DeviceClient(String address, DeviceProxy proxy) {
        this.address = address;
        this.proxy = proxy;
    }

    /**
     * Connects to a device.
     *
     * @param address such as {@code tango://127.0.0.1:12200/sim/lima/1#dbase=no}
     * @throws BcdiException when it does not answer
     */
    public static DeviceClient open(String address) {
        try {
            DeviceProxy proxy = new DeviceProxy(address);
            proxy.ping();
            return new DeviceClient(address, proxy);
        } catch (DevFailed e) {
            throw new BcdiException(
                    "Device " + address + " does not answer (" + words(e) + "); is its server running?", e);
        }
    }

    /** A string attribute; empty while it has no value. */
    public String text(String attribute) {
        try {
            DeviceAttribute value = proxy.read_attribute(attribute);
            return value.getQuality().value() == AttrQuality._ATTR_INVALID ? "" : value.extractString();
        } catch (DevFailed e) {
            throw failed("read " + attribute, e);
        }
    }

    /** A numeric attribute; NaN while it has no value. */
    public double number(String attribute) {
        try {
            DeviceAttribute value = proxy.read_attribute(attribute);
            if (value.getQuality().value() == AttrQuality._ATTR_INVALID) {
                return Double.NaN;
            }
            return switch (value.getType()) {
                case TangoConst.Tango_DEV_SHORT -> value.extractShort();
                case TangoConst.Tango_DEV_LONG -> value.extractLong();
                case TangoConst.Tango_DEV_LONG64 -> value.extractLong64();
                case TangoConst.Tango_DEV_FLOAT -> value.extractFloat();
                default -> value.extractDouble();
            };
        } catch (DevFailed e) {
            throw failed("read " + attribute, e);
        }
    }

    public String state() {
        try {
            return TangoConst.Tango_DevStateName[proxy.state().value()];
        } catch (DevFailed e) {
            throw failed("tell its state", e);
        }
    }

    public String status() {
        try {
            return proxy.status();
        } catch (DevFailed e) {
            throw failed("tell its status", e);
        }
    }

    public void write(String attribute, String value) {
        write(new DeviceAttribute(attribute, value));
    }

    public void write(String attribute, int value) {
        write(new DeviceAttribute(attribute, value));
    }

    public void write(String attribute, double value) {
        write(new DeviceAttribute(attribute, value));
    }

    /** Runs a command without argument. */
    public void command(String name) {
        try {
            proxy.command_inout(name, new DeviceData());
        } catch (DevFailed e) {
            throw failed("run " + name, e);
        }
    }

    private void write(DeviceAttribute value) {
        try {
            proxy.write_attribute(value);
        } catch (DevFailed e) {
            throw failed("take a new value", e);
        }
    }

    private BcdiException failed(String what, DevFailed e) {
        return new BcdiException("Device " + address + " did not " + what + ": " + words(e) + ".", e);
    }

    private static String words(DevFailed e) {
        return Arrays.stream(e.errors)
                .map(error -> error.desc.strip().replaceAll("\\s*\\R\\s*", " "))
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
