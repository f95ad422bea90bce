package org.bcdi.task;

/** The user asked to stop the work in hand; not a failure. */
public final class CancelledException extends BcdiException {
    public CancelledException() {
        super("The work was cancelled on request.");
    }
}
