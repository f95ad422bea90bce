package org.bcdi.sim.lima;

import org.bcdi.task.BcdiException;

/** The simulated camera refuses, in the words of Lima's control layer. */
final class CameraException extends BcdiException {
    CameraException(String message) {
        super(message);
    }
}
