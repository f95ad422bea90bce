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
    public long check(Path file, RoiChoice roi) {
        return ScanReader.check(file, reading(roi));
    }

    @Override
    public String said(Path file) {
        return ScanReader.settings(file).map(History::said).orElse(ScanPlan.NONE.json());
    }

    @Override
    public RockingCurve read(Path file, RoiChoice roi) {
        return ScanReader.read(file, reading(roi));
    }

    @Override
    public void requireRoom(Path file, ScanResult result) {
        ResultWriter.requireRoom(file, result);
    }

    @Override
    public void write(Path file, ScanResult result) {
        ResultWriter.writeNew(file, result);
    }

    private ReadSettings reading(RoiChoice roi) {
        Optional<GivenMask> mask = settings.maskFile().map(GivenMask.OfFrame::new);
        return new ReadSettings(Optional.empty(), settings.detectorName(), mask, roi);
    }
}
