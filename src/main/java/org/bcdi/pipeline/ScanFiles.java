package org.bcdi.pipeline;

import java.nio.file.Path;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.store.ScanResult;

/** Files as the pipeline needs them: a fence to the disk. */
interface ScanFiles {
    /**
     * Looks whether a scan can be read, without reading its frames.
     *
     * @return bytes that its rocking curve takes while it is read
     * @throws org.bcdi.task.InputException when it cannot
     */
    long check(Path file, RoiChoice roi);

    /**
     * What the beamline said of the scan, where the file is a result that tells: a JSON object, {@code {}} for nothing.
     *
     * @throws org.bcdi.task.InputException when it cannot be read
     */
    String said(Path file);

    /** Reads a scan as the detector or a user saved it, and cuts it to a region. */
    RockingCurve read(Path file, RoiChoice roi);

    /**
     * Looks whether there is room for a result.
     *
     * @param file in a folder that may still have to be made
     * @throws org.bcdi.task.InputException when there is none
     */
    void requireRoom(Path file, ScanResult result);

    /**
     * Writes a result so that the file is there whole or not at all.
     *
     * @throws org.bcdi.store.NameTakenException when there is such a file already, also since a moment ago
     */
    void write(Path file, ScanResult result);
}
