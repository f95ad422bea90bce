package org.bcdi.detector;

import org.bcdi.task.BcdiException;

/** The detector does not answer; the follower goes on looking for it. */
public final class DetectorLostException extends BcdiException {
    public DetectorLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
