package org.bcdi.pipeline;

import java.util.Locale;
import org.bcdi.task.InputException;

/** What happens to a finished scan when as many as there is room for already wait to be processed. */
public enum OverloadPolicy {
    /** It waits, and the next scan's frames wait in the detector's buffer; a step scan, which has none, is dropped. */
    WAIT,
    /** It is dropped and counted. */
    DROP;

    public static OverloadPolicy named(String name) {
        for (OverloadPolicy policy : values()) {
            if (policy.word().equals(name.toLowerCase(Locale.ROOT))) {
                return policy;
            }
        }
        throw new InputException("Overload policy '" + name + "' is unknown; choose wait or drop.");
    }

    /** The word users write. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
