package org.bcdi.model;

import java.util.Locale;
import org.bcdi.task.InputException;

/** Where networks run: AUTO takes the GPU when there is one, CUDA insists on it. */
public enum ExecutionProvider {
    AUTO,
    CUDA,
    CPU;

    public static ExecutionProvider named(String name) {
        for (ExecutionProvider provider : values()) {
            if (provider.word().equals(name.toLowerCase(Locale.ROOT))) {
                return provider;
            }
        }
        throw new InputException("Execution provider '" + name + "' is unknown; choose auto, cuda or cpu.");
    }

    /** The word users write. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
