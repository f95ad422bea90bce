package org.bcdi.stack;

import org.bcdi.task.BcdiException;

/** A scan would need more memory than it is allowed; nothing was allocated. */
public final class MemoryBudgetException extends BcdiException {
    public MemoryBudgetException(String message) {
        super(message);
    }
}
