package org.bcdi.pipeline;

import java.nio.file.Path;
import org.bcdi.stack.RockingCurve;
import org.bcdi.store.ScanResult;

/** The real disk. */
record StoredFiles(PipelineSettings settings) implements ScanFiles {
    @Override
    public RockingCurve read(Path file) {
        throw new org.bcdi.task.InputException("no");
    }

    @Override
    public void write(Path file, ScanResult result) {
        throw new org.bcdi.task.InputException("no");
    }
}
