package org.bcdi.task;

import org.jspecify.annotations.Nullable;

/**
 * What the user gave cannot be used: a file, a mask, a recipe, a model, a setting. Nothing was changed; the command line
 * ends with exit code 2, the device answers with a DevFailed.
 */
public final class InputException extends BcdiException {
    public InputException(String message) {
        this(message, null);
    }

    public InputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
