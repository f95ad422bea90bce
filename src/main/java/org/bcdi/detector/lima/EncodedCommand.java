package org.bcdi.detector.lima;

import fr.esrf.Tango.DevEncoded;
import fr.esrf.Tango.DevEncodedHelper;
import fr.esrf.Tango.DevFailed;
import fr.esrf.Tango.DevFailedHelper;
import fr.esrf.Tango.DevSource;
import fr.esrf.Tango.DevSourceHelper;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.BcdiException;
import org.jspecify.annotations.Nullable;
import org.omg.CORBA.Any;
import org.omg.CORBA.TypeCode;
import org.omg.CORBA.TypeCodePackage.BadKind;
import org.omg.CORBA.portable.ApplicationException;
import org.omg.CORBA.portable.InputStream;
import org.omg.CORBA.portable.ObjectImpl;
import org.omg.CORBA.portable.OutputStream;
import org.omg.CORBA.portable.RemarshalException;

/**
 * Runs a Tango command that answers with a DevEncoded. TangORB takes the answer as a CORBA Any, which JacORB copies byte by
 * byte; here the pixels come off the wire in one piece, at a fraction of the processor time.
 */
final class EncodedCommand {
    private static final Logger LOG = LogManager.getLogger(EncodedCommand.class);

    private EncodedCommand() {}

    /**
     * @throws DevFailed when the device refuses
     * @throws org.omg.CORBA.SystemException when it cannot be reached or does not answer in time
     */
    static DevEncoded run(ObjectImpl device, String command, Any argument) throws DevFailed {
        while (true) {
            @Nullable InputStream reply = null;
            try {
                OutputStream request = device._request("command_inout_2", true);
                request.write_string(command);
                request.write_any(argument);
                DevSourceHelper.write(request, DevSource.DEV);
                reply = device._invoke(request);
                return encoded(reply, command);
            } catch (ApplicationException e) {
                throw DevFailedHelper.read(e.getInputStream());
            } catch (RemarshalException moved) {
                LOG.debug("The detector was found elsewhere; {} is asked for again", command);
            } finally {
                device._releaseReply(reply);
            }
        }
    }

    /** An Any on the wire is its type, then its value. */
    private static DevEncoded encoded(InputStream reply, String command) {
        String type = typeName(reply.read_TypeCode());
        if (!type.equals(DevEncodedHelper.id())) {
            throw new BcdiException(
                    "Command " + command + " of the detector answered with " + type + ", not with a DevEncoded image.");
        }
        return DevEncodedHelper.read(reply);
    }

    private static String typeName(TypeCode type) {
        try {
            return type.id();
        } catch (BadKind e) {
            return "a simple value";
        }
    }
}
