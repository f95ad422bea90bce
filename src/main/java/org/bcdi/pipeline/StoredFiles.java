package org.bcdi.pipeline;

import java.nio.file.Path;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.store.ScanResult;
import org.bcdi.task.InputException;

/** The real disk. */
record StoredFiles(PipelineSettings settings) implements ScanFiles {
    @Override
    public RockingCurve read(Path file, RoiChoice roi) {
        throw new InputException("The file " + file + " cannot be used yet.");
    }

    @Override
    public void write(Path file, ScanResult result) {
        throw new InputException("The file " + file + " cannot be used yet.");
    }
}
