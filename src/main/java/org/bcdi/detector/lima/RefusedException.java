package org.bcdi.detector.lima;

import org.bcdi.task.BcdiException;

/** The detector answered that it does not give the frames. */
final class RefusedException extends BcdiException {
    private final Refusal refusal;

    RefusedException(String message, Refusal refusal, Throwable cause) {
        super(message, cause);
        this.refusal = refusal;
    }

    RefusedException(String message, Refusal refusal) {
        super(message);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
