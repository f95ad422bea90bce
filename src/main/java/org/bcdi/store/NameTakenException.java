package org.bcdi.store;

import java.nio.file.Path;
import org.bcdi.task.BcdiException;

/** A file that was not to be replaced is there; it is left as it is, and nothing was written. */
public final class NameTakenException extends BcdiException {
    public NameTakenException(Path file) {
        super("The file " + file + " exists and is not overwritten; choose another name.");
    }
}
