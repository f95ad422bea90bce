package org.bcdi.device;

import fr.esrf.Tango.DevError;
import fr.esrf.Tango.DevFailed;
import fr.esrf.Tango.ErrSeverity;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.task.BcdiException;
import org.bcdi.task.InputException;

/** The one place where this program's errors become Tango's, and back: reason, one sentence, origin. */
final class Failures {
    private static final Logger LOG = LogManager.getLogger(Failures.class);

    private Failures() {}

    /**
     * Does what a client asked for.
     *
     * @param origin command or attribute
     */
    static <T> T asked(String origin, Supplier<T> action) throws DevFailed {
        try {
            return action.get();
        } catch (InputException e) {
            throw failed("BCDI_InvalidInput", e.getMessage(), origin, e);
        } catch (BcdiException e) {
            throw failed("BCDI_Failed", e.getMessage(), origin, e);
        } catch (RuntimeException e) {
            LOG.error("{} met an error that it does not know.", origin, e);
            throw failed("BCDI_Error", origin + " met an error (" + e + "); see the server's log.", origin, e);
        }
    }

    static void asked(String origin, Runnable action) throws DevFailed {
        asked(origin, () -> {
            action.run();
            return "";
        });
    }

    /** Refuses a value that a client wrote. */
    static void refuse(String origin, String sentence) throws DevFailed {
        asked(origin, () -> {
            throw new InputException(sentence);
        });
    }

    /** Tango's reasons in one line. */
    static String sentence(DevFailed e) {
        return Arrays.stream(e.errors)
                .map(error -> error.desc.strip())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static DevFailed failed(String reason, String sentence, String origin, Throwable cause) {
        LOG.debug("{}: {}", origin, sentence, cause);
        DevError error = new DevError(reason, ErrSeverity.ERR, sentence, "BcdiOnline." + origin);
        DevFailed failure = new DevFailed(sentence, new DevError[] {error});
        failure.initCause(cause);
        return failure;
    }
}
