package org.bcdi.detector;

import org.bcdi.task.BcdiException;

/** Frames were overwritten in the detector's buffer before they were fetched, or are of no acquisition that it holds. */
public final class FramesGoneException extends BcdiException {
    private final long next;

    /** @param next number of the first frame that was not found gone */
    public FramesGoneException(String message, long next, Throwable cause) {
        super(message, cause);
        this.next = next;
    }

    /** Number of the first frame worth asking for again: those from the first asked for up to this one are gone. */
    public long next() {
        return next;
    }
}
