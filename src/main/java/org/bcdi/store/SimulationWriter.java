package org.bcdi.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bcdi.mask.FrameMask;
import org.bcdi.task.InputException;
import org.bcdi.task.Version;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * Writes a simulated scan as Lima would save it, with the truth beside it: the expected rate in {@code /truth/rate} and the
 * object in {@code /truth/object}. Gap pixels hold what the detector would put there: 2^32 - 1 for EIGER, 0 for others.
 * Safe for threads.
 */
public final class SimulationWriter {
    private static final int BYTES_PER_VOXEL = 16;
    private static final String RATE = "/truth/rate";
    private static final float MOST = 0x1p32f - 256;

    private SimulationWriter() {}

    /** Writes a scan whose frames are all of the detector. */
    public static void write(
            Path file,
            Volume counts,
            Volume rate,
            ComplexVolume truth,
            String detector,
            FrameMask gaps,
            Map<String, String> attributes) {
        write(file, new Simulation(counts, rate, truth, detector, gaps, Optional.empty(), List.of(), attributes));
    }

    /**
     * What to write.
     *
     * @param counts photons, shape (steps, rows, columns), whole; those in gaps are not written
     * @param rate expected photons, of that shape
     * @param object that was simulated, of any shape
     * @param detector name, or {@code none}
     * @param gaps of the frames
     * @param region which part of the detector the frames are, empty when they are all of it
     * @param positions of the scanned motor eta, one a step in degrees, or none
     * @param attributes noted with the truth, such as the seed
     */
    public record Simulation(
            Volume counts,
            Volume rate,
            ComplexVolume object,
            String detector,
            FrameMask gaps,
            Optional<Roi> region,
            List<Double> positions,
            Map<String, String> attributes) {
        public Simulation {
            Shape3 shape = counts.shape();
            if (!rate.shape().equals(shape) || gaps.height() != shape.ny() || gaps.width() != shape.nx()) {
                throw new IllegalArgumentException("counts of " + shape + ", a rate of " + rate.shape()
                        + " and gaps of " + gaps.height() + "x" + gaps.width() + " do not fit together");
            }
            positions = List.copyOf(positions);
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * Writes a scan, in place of a file of that name.
     *
     * @throws InputException when the directory is absent, not writable or full, or a pixel has more counts than the detector can
     *     tell; no file is left behind
     */
    public static void write(Path file, Simulation simulation) {
        requireCountable(simulation.counts());
        long bytes = (long) BYTES_PER_VOXEL * simulation.counts().shape().size();
        NewFile.write(file, bytes, Naming.REPLACING, temporary -> {
            try (Hdf5Writer out = Hdf5Writer.create(temporary)) {
                writeEntry(out, simulation);
                writeTruth(out, simulation);
            }
        });
    }

    /**
     * Whether a file is a scan that was written here.
     *
     * @throws InputException when it is no file that can be read
     */
    public static boolean wrote(Path file) {
        try (Hdf5File opened = Hdf5File.open(file)) {
            return opened.has(RATE);
        }
    }

    /** The two greatest numbers of 32 bits mean that there is no data. */
    private static void requireCountable(Volume counts) {
        for (float count : counts.data()) {
            if (count >= MOST) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "A pixel of %.3g photons is more than the detector's 32 bits can count; simulate fewer.",
                        count));
            }
        }
    }

    private static void writeEntry(Hdf5Writer out, Simulation simulation) {
        Shape3 shape = simulation.counts().shape();
        String name = simulation.detector().replace('-', '_');
        String detector = "/entry_0000/instrument/" + name;
        out.attribute("/", "NX_class", "NXroot");
        out.attribute("/", "default", "entry_0000");
        out.attribute("/", "creator", ResultWriter.PROGRAM + " " + Version.text());
        out.group("/entry_0000", "NXentry");
        out.attribute("/entry_0000", "default", "instrument/" + name + "/plot");
        out.text("/entry_0000/title", "Simulated rocking curve");
        out.group("/entry_0000/instrument", "NXinstrument");
        out.group(detector, "NXdetector");
        writeFrames(out, detector + "/data", simulation);
        out.group(detector + "/plot", "NXdata");
        out.attribute(detector + "/plot", "signal", "data");
        out.softLink(detector + "/plot/data", detector + "/data");
        out.text(detector + "/detector_information/name", simulation.detector());
        out.smallInteger(detector + "/acquisition/nb_frames", shape.nz());
        simulation.region().ifPresent(region -> {
            String roi = detector + "/image_operation/region_of_interest";
            out.smallInteger(roi + "/xstart", region.x0());
            out.smallInteger(roi + "/ystart", region.y0());
            out.smallInteger(roi + "/xsize", region.width());
            out.smallInteger(roi + "/ysize", region.height());
        });
        if (!simulation.positions().isEmpty()) {
            out.numbers("/entry_0000/instrument/positioners/eta", simulation.positions());
        }
        out.group("/entry_0000/measurement", "NXcollection");
        out.softLink("/entry_0000/measurement/data", detector + "/data");
    }

    private static void writeFrames(Hdf5Writer out, String path, Simulation simulation) {
        float[] counts = simulation.counts().data();
        byte[] gaps = simulation.gaps().data();
        int gapValue = simulation.detector().startsWith("eiger") ? -1 : 0;
        out.volumes()
                .integers(
                        path,
                        simulation.counts().shape(),
                        false,
                        i -> gaps[i % gaps.length] != 0 ? gapValue : (int) (long) counts[i]);
        out.attribute(path, "interpretation", "image");
    }

    private static void writeTruth(Hdf5Writer out, Simulation simulation) {
        out.group("/truth", "NXcollection");
        simulation.attributes().forEach((name, value) -> out.attribute("/truth", name, value));
        out.volumes().floats(RATE, simulation.rate().shape(), simulation.rate().data());
        out.attribute(RATE, "units", "photons");
        out.volumes()
                .complex(
                        "/truth/object",
                        simulation.object().shape(),
                        simulation.object().data());
    }
}
