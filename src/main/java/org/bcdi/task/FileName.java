package org.bcdi.task;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of files as users write them. */
public final class FileName {
    private FileName() {}

    /**
     * The path of that name.
     *
     * @param subject what the file is, such as {@code Mask}
     * @throws InputException when no file can be called so: by a character that the system or its locale does not know
     */
    public static Path path(String subject, String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new InputException(subject + " '" + name + "' is no file name; choose another.", e);
        }
    }
}
