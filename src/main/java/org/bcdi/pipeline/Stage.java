package org.bcdi.pipeline;

import java.util.Locale;

/** What is being done with a scan. */
public enum Stage {
    IDLE,
    ACQUIRING,
    INPAINTING,
    PHASING,
    SAVING,
    DONE,
    FAILED;

    /** The word users see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
