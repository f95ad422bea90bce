package org.bcdi.task;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Root of everything this program throws on purpose. The message is one sentence for the user: what is wrong, which
 * value, what to do.
 */
public class BcdiException extends RuntimeException {
    public BcdiException(String message) {
        this(message, null);
    }

    public BcdiException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The sentence; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
