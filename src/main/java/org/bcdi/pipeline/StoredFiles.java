package org.bcdi.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.store.GivenMask;
import org.bcdi.store.ReadSettings;
import org.bcdi.store.ResultWriter;
import org.bcdi.store.ScanReader;
import org.bcdi.store.ScanResult;

/** The real disk. */
record StoredFiles(PipelineSettings settings) implements ScanFiles {
    @Override
    public RockingCurve read(Path file, RoiChoice roi) {
        Optional<GivenMask> mask = settings.maskFile().map(GivenMask.OfFrame::new);
        return ScanReader.read(file, new ReadSettings(Optional.empty(), settings.detectorName(), mask, roi));
    }

    @Override
    public void write(Path file, ScanResult result) {
        ResultWriter.write(file, result);
    }
}
