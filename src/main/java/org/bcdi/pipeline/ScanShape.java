package org.bcdi.pipeline;

import java.util.Locale;
import org.bcdi.task.InputException;

/** How a rocking curve is taken. */
public enum ScanShape {
    /** One acquisition of many frames, hardware triggered. */
    ACQUISITION,
    /** One acquisition of one frame per scan point, between BeginScan and EndScan. */
    STEP;

    public static ScanShape named(String name) {
        for (ScanShape shape : values()) {
            if (shape.word().equals(name.toLowerCase(Locale.ROOT))) {
                return shape;
            }
        }
        throw new InputException("Scan shape '" + name + "' is unknown; choose acquisition or step.");
    }

    /** The word users write. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
