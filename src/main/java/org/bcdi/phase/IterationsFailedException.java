package org.bcdi.phase;

import org.bcdi.task.BcdiException;

/** Iterations that ended early. Those before are in the iterate, so that others can do the rest. */
final class IterationsFailedException extends BcdiException {
    private final int done;

    /** @param done iterations that are in the iterate */
    IterationsFailedException(int done, BcdiException cause) {
        super(cause.getMessage(), cause);
        this.done = done;
    }

    int done() {
        return done;
    }
}
