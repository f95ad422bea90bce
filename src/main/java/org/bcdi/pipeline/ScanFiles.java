package org.bcdi.pipeline;

import java.nio.file.Path;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.store.ScanResult;

/** Files as the pipeline needs them: a fence to the disk. */
interface ScanFiles {
    /** Reads a scan as the detector or a user saved it, and cuts it to a region. */
    RockingCurve read(Path file, RoiChoice roi);

    /** Writes a result so that the file is there whole or not at all. */
    void write(Path file, ScanResult result);
}
