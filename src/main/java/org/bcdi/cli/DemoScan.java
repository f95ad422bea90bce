package org.bcdi.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.detector.PixelType;
import org.bcdi.mask.DetectorGeometry;
import org.bcdi.mask.Detectors;
import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.sim.CrystalSimulator;
import org.bcdi.sim.DetectorView;
import org.bcdi.sim.SimulatedScan;
import org.bcdi.sim.SimulationSettings;
import org.bcdi.sim.lima.CameraDescription;
import org.bcdi.sim.lima.FramePlayers;
import org.bcdi.sim.lima.LimaSimSettings;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.store.ReadSettings;
import org.bcdi.store.ScanReader;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * The rocking curve of a demo: complete, and as a detector with gaps would have seen it.
 *
 * @param name for headings
 * @param geometry of the detector whose gaps are laid over the pattern
 * @param region of the detector that the frames show
 * @param seen photons, 0 in the gaps
 * @param truth what a detector without gaps would have seen: the noise-free rate where it is known, else the counts
 * @param unknown 1 where the truth itself holds no data
 * @param simulated the crystal, when there is one
 */
record DemoScan(
        String name,
        DetectorGeometry geometry,
        Roi region,
        Volume seen,
        Volume truth,
        Mask unknown,
        Optional<SimulatedScan> simulated) {
    private static final Logger LOG = LogManager.getLogger(DemoScan.class);

    /** Pixels from the Bragg peak to the nearest gap: the first fringes are cut, the peak is not. */
    static final int FROM_GAP = 12;

    static final Shape3 SHAPE = new Shape3(64, 96, 96);
    static final double STRAIN = 3;
    static final double PHOTONS = 5e7;

    /** The detector that replays it. */
    LimaSimSettings camera() {
        CameraDescription description = new CameraDescription(
                geometry.name(), geometry.pixelMicrometres(), geometry.height(), geometry.width(), region);
        return LimaSimSettings.of(FramePlayers.of(seen, PixelType.UINT32)).withDescription(description);
    }

    static DemoScan simulated(SimulationSettings settings, String detector) {
        SimulatedScan scan = CrystalSimulator.simulate(settings);
        String name = String.format("Simulated crystal, strain %.1f rad", settings.strainRadians());
        return placed(name, scan.counts(), Mask.none(settings.shape()), scan.rate(), detector, Optional.of(scan));
    }

    /** A file that knows where on the detector it lies stays there; any other is placed so that a gap cuts its fringes. */
    static DemoScan fromFile(Path file, String detector) {
        ReadSettings whole = ReadSettings.plain();
        ScanReader.check(file, whole);
        ReadSettings known = new ReadSettings(Optional.empty(), detector, Optional.empty(), new RoiChoice.Whole());
        if (isReadable(file, known)) {
            RockingCurve curve = ScanReader.read(file, known);
            DetectorGeometry geometry = geometry(detector, curve.counts());
            Volume seen = withGaps(curve.counts(), geometry.gaps().crop(curve.roi()));
            return new DemoScan(
                    curve.name(), geometry, curve.roi(), seen, curve.counts(), curve.mask(), Optional.empty());
        }
        RockingCurve curve = ScanReader.read(file, whole);
        return placed(curve.name(), curve.counts(), curve.mask(), curve.counts(), detector, Optional.empty());
    }

    private static boolean isReadable(Path file, ReadSettings settings) {
        try {
            ScanReader.check(file, settings);
            return true;
        } catch (InputException e) {
            LOG.debug("{} does not tell its place on the detector", file, e);
            return false;
        }
    }

    private static DemoScan placed(
            String name, Volume counts, Mask unknown, Volume truth, String detector, Optional<SimulatedScan> crystal) {
        DetectorGeometry geometry = geometry(detector, counts);
        Roi region = DetectorView.nearGap(counts, geometry.gaps(), FROM_GAP).pattern();
        Volume seen = withGaps(counts, geometry.gaps().crop(region));
        return new DemoScan(name, geometry, region, seen, truth, unknown, crystal);
    }

    private static DetectorGeometry geometry(String detector, Volume counts) {
        if (Detectors.isNone(detector)) {
            throw new InputException("A demo without gaps shows nothing; choose a detector other than none.");
        }
        DetectorGeometry geometry = Detectors.named(detector);
        int height = counts.shape().ny();
        int width = counts.shape().nx();
        if (height > geometry.height() || width > geometry.width()) {
            throw new InputException("Frames of " + height + "x" + width + " are larger than detector "
                    + geometry.name() + "; choose a larger one with --detector.");
        }
        return geometry;
    }

    private static Volume withGaps(Volume counts, FrameMask gaps) {
        float[] seen = counts.data().clone();
        int frame = counts.shape().frameSize();
        for (int i = 0; i < seen.length; i++) {
            if (gaps.data()[i % frame] != 0) {
                seen[i] = 0;
            }
        }
        return new Volume(counts.shape(), seen);
    }
}
