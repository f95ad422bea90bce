package org.bcdi.detector;

import org.bcdi.task.BcdiException;

/** A frame was overwritten in the detector's buffer before it was fetched; it stays missing. */
public final class FramesGoneException extends BcdiException {
    public FramesGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
