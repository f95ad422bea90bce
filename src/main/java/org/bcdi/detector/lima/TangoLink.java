package org.bcdi.detector.lima;

import fr.esrf.Tango.DevEncoded;
import fr.esrf.Tango.DevError;
import fr.esrf.Tango.DevFailed;
import fr.esrf.TangoApi.DeviceAttribute;
import fr.esrf.TangoApi.DeviceData;
import fr.esrf.TangoApi.DeviceProxy;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.bcdi.detector.DetectorLostException;
import org.bcdi.task.BcdiException;
import org.jspecify.annotations.Nullable;
import org.omg.CORBA.SystemException;
import org.omg.CORBA.portable.ObjectImpl;

/**
 * The connection to one Tango device: made when first needed, made again after a loss (at most once a second), with Tango's
 * default time-out of 3 s. It can read attributes and run the commands that return images; it has no way to write. For one
 * thread.
 */
final class TangoLink {
    private final String address;
    private @Nullable DeviceProxy proxy;

    TangoLink(String address) {
        this.address = address;
    }

    String address() {
        return address;
    }

    /**
     * Reads several attributes in one call, so that their values belong together.
     *
     * @return the attributes in the order of the names; single ones may have failed
     */
    DeviceAttribute[] read(String... attributes) {
        try {
            return connected().read_attribute(attributes);
        } catch (DevFailed e) {
            throw translated("read " + String.join(", ", attributes), e);
        }
    }

    /** Runs a command that returns an image. */
    DevEncoded image(String command, DeviceData argument) {
        try {
            DeviceProxy present = connected();
            // Makes the connection if need be
            present.get_timeout_millis();
            return EncodedCommand.run((ObjectImpl) present.getObj(), command, argument.extractAny());
        } catch (DevFailed e) {
            throw translated("run " + command, e);
        } catch (SystemException e) {
            proxy = null;
            throw lost(e.toString(), e);
        }
    }

    DeviceData argument() {
        try {
            return new DeviceData();
        } catch (DevFailed e) {
            throw translated("prepare a command", e);
        }
    }

    /** The exception for a failure of the device or of the way to it. */
    BcdiException translated(String what, DevFailed failure) {
        if (isConnectionProblem(failure)) {
            return lost(failure.errors.length == 0 ? "no reason given" : line(failure.errors[0]), failure);
        }
        String message = "Detector " + address + " could not " + what + ": " + ended(words(failure));
        return Refusal.in(failure)
                .<BcdiException>map(refusal -> new RefusedException(message, refusal, failure))
                .orElseGet(() -> new BcdiException(message, failure));
    }

    /** With a full stop. */
    private static String ended(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private DetectorLostException lost(String words, Exception cause) {
        return new DetectorLostException(
                "Detector " + address + " does not answer (" + words
                        + "); check that its server runs and that the address is right.",
                cause);
    }

    /** The descriptions in a failure, innermost first, as one line. */
    static String words(DevFailed failure) {
        return Arrays.stream(failure.errors).map(TangoLink::line).distinct().collect(Collectors.joining("; "));
    }

    private static String line(DevError error) {
        return error.desc.strip().replaceAll("\\s+", " ");
    }

    private DeviceProxy connected() throws DevFailed {
        DeviceProxy present = proxy;
        if (present == null) {
            present = new DeviceProxy(address);
            // A call after a loss fails once, so that a restarted detector is noticed
            present.set_transparency_reconnection(false);
            proxy = present;
        }
        return present;
    }

    /** TangORB also wraps the device's own failures in its ConnectionFailed, so only the innermost reason can tell. */
    private static boolean isConnectionProblem(DevFailed failure) {
        if (failure.errors.length == 0) {
            return true;
        }
        DevError innermost = failure.errors[0];
        return innermost.reason.startsWith("TangoApi_")
                || innermost.reason.startsWith("DB_")
                || innermost.reason.contains("org.omg.CORBA");
    }
}
