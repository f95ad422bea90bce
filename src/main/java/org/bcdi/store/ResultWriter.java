package org.bcdi.store;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bcdi.phase.Reconstruction;
import org.bcdi.stack.RockingCurve;
import org.bcdi.task.Version;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;

/**
 * Writes a result as a CXI 1.6 file (Maia 2012, doi 10.1038/nmeth.2110) that h5py, silx and PyNX users open: counts and
 * mask, inpainted intensity and its standard deviation, object and support, and all it takes to make them again. The file
 * appears whole or not at all. Safe for threads.
 */
public final class ResultWriter {
    static final String DETECTOR = "/entry_1/instrument_1/detector_1";
    static final String REGION = DETECTOR + "/region_of_interest";
    static final String OBJECT = "/entry_1/image_1";
    static final String INTENSITY = "/entry_1/image_2";
    static final String PROCESS = "/entry_1/process_1";
    static final String POSITIONS = "/entry_1/instrument_1/positioners/rocking";
    static final String PROGRAM = "bcdi-online";

    private static final int CXI_VERSION = 160;
    /** Counts, intensity, deviation: 4 bytes each; mask 1; object 8 and support 1. */
    private static final int BYTES_PER_VOXEL = 22;

    private ResultWriter() {}

    /**
     * Writes a result, in place of a file of that name.
     *
     * @throws org.bcdi.task.InputException when the directory is absent, not writable or full; no file is left behind
     */
    public static void write(Path file, ScanResult result) {
        write(file, result, Naming.REPLACING);
    }

    /**
     * Writes a result under a name that no file has.
     *
     * @throws NameTakenException when there is a file of that name, also when it appeared while this was written
     * @throws org.bcdi.task.InputException as {@link #write}
     */
    public static void writeNew(Path file, ScanResult result) {
        write(file, result, Naming.NEVER_REPLACING);
    }

    private static void write(Path file, ScanResult result, Naming naming) {
        NewFile.write(file, bytes(result), naming, temporary -> {
            try (Hdf5Writer out = Hdf5Writer.create(temporary)) {
                write(out, result);
            }
            ResultCheck.verify(temporary, result);
        });
    }

    /**
     * Looks whether there is room for a result, without writing anything.
     *
     * @param file in a folder that may still have to be made
     * @throws org.bcdi.task.InputException when there is none
     */
    public static void requireRoom(Path file, ScanResult result) {
        NewFile.requireRoom(file, bytes(result));
    }

    private static long bytes(ScanResult result) {
        return (long) BYTES_PER_VOXEL * result.intensity().shape().size();
    }

    private static void write(Hdf5Writer out, ScanResult result) {
        out.smallInteger("/cxi_version", CXI_VERSION);
        out.attribute("/", "NX_class", "NXroot");
        out.attribute("/", "default", "entry_1");
        out.attribute("/", "creator", PROGRAM + " " + Version.text());
        out.group("/entry_1", "NXentry");
        out.attribute("/entry_1", "default", "data_1");
        out.text("/entry_1/title", result.curve().name());
        out.group(PROCESS, "NXprocess");
        writeMeasurement(out, result.curve());
        Reconstruction reconstruction = result.reconstruction();
        if (reconstruction != null) {
            writeObject(out, reconstruction);
        }
        writeIntensity(out, result);
        out.softLink("/entry_1/data_1", reconstruction != null ? OBJECT : INTENSITY);
        writeProvenance(out, result.provenance());
    }

    private static void writeMeasurement(Hdf5Writer out, RockingCurve curve) {
        Shape3 shape = curve.counts().shape();
        out.group("/entry_1/instrument_1", "NXinstrument");
        out.group(DETECTOR, "NXdetector");
        writeCounts(out, curve.counts());
        out.attribute(DETECTOR + "/data", "interpretation", "image");
        out.attribute(DETECTOR + "/data", "units", "counts");
        out.volumes().bytes(DETECTOR + "/mask", shape, curve.mask().data());
        Roi roi = curve.roi();
        out.integers(REGION, List.of(roi.y0(), roi.y1(), roi.x0(), roi.x1()));
        if (!curve.complete()) {
            out.integers(DETECTOR + "/missing_frames", curve.missingFrames());
        }
        if (!curve.positions().isEmpty()) {
            out.group("/entry_1/instrument_1/positioners", "NXcollection");
            out.numbers(POSITIONS, curve.positions());
        }
    }

    /** int32 where that loses nothing, as detectors count. */
    private static void writeCounts(Hdf5Writer out, Volume counts) {
        float[] values = counts.data();
        boolean whole = true;
        for (int i = 0; i < values.length && whole; i++) {
            whole = values[i] == (int) values[i] && values[i] < Integer.MAX_VALUE;
        }
        if (whole) {
            out.volumes().integers(DETECTOR + "/data", counts.shape(), true, i -> (int) values[i]);
        } else {
            out.volumes().floats(DETECTOR + "/data", counts.shape(), values);
        }
    }

    private static void writeObject(Hdf5Writer out, Reconstruction reconstruction) {
        Shape3 shape = reconstruction.object().shape();
        image(out, OBJECT, "real", "electron density");
        out.volumes().complex(OBJECT + "/data", shape, reconstruction.object().data());
        out.attribute(OBJECT + "/data", "units", "sqrt(photons)");
        out.volumes().bytes(OBJECT + "/mask", shape, reconstruction.support().data());
        Region3 region = reconstruction.region();

        out.integers(
                PROCESS + "/phasing_region",
                List.of(region.z0(), region.y0(), region.x0(), shape.nz(), shape.ny(), shape.nx()));
        out.text(PROCESS + "/recipe", reconstruction.recipe());
        Reconstruction.Metrics metrics = reconstruction.metrics();
        String phasing = PROCESS + "/phasing";
        out.group(phasing, "NXcollection");
        out.number(phasing + "/r_factor", metrics.rFactor());
        out.number(phasing + "/free_log_likelihood", metrics.freeLogLikelihood());
        out.integer(phasing + "/support_voxels", metrics.supportVoxels());
        out.integer(phasing + "/starts", metrics.starts());
        out.integer(phasing + "/kept", metrics.kept());
        out.integer(phasing + "/seed", reconstruction.seed());
        if (!Double.isNaN(metrics.confidence())) {
            out.number(phasing + "/confidence", metrics.confidence());
            out.group(phasing + "/signs", "NXcollection");
            metrics.signs().forEach((name, value) -> out.number(phasing + "/signs/" + name, value));
        }
        if (!metrics.prtf().isEmpty()) {
            out.numbers(phasing + "/prtf", metrics.prtf());
        }
    }

    private static void writeIntensity(Hdf5Writer out, ScanResult result) {
        Shape3 shape = result.intensity().shape();
        image(out, INTENSITY, "diffraction", "intensity");
        out.volumes().floats(INTENSITY + "/data", shape, result.intensity().data());
        out.attribute(INTENSITY + "/data", "interpretation", "image");
        out.attribute(INTENSITY + "/data", "units", "photons");
        out.volumes()
                .floats(INTENSITY + "/data_error", shape, result.deviation().data());
        out.attribute(INTENSITY + "/data_error", "units", "photons");
    }

    /** An image that NeXus viewers plot by itself. */
    private static void image(Hdf5Writer out, String path, String space, String type) {
        out.group(path, "NXdata");
        out.attribute(path, "signal", "data");
        out.text(path + "/data_space", space);
        out.text(path + "/data_type", type);
    }

    private static void writeProvenance(Hdf5Writer out, Provenance provenance) {
        out.text(PROCESS + "/program", PROGRAM);
        out.text(PROCESS + "/version", Version.text());
        out.text(
                PROCESS + "/date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        out.text(PROCESS + "/command", provenance.command());
        out.text(PROCESS + "/settings", provenance.settings());
        out.integer(PROCESS + "/seed", provenance.seed());
        out.group(PROCESS + "/models", "NXcollection");
        provenance.models().forEach((name, sha256) -> out.text(PROCESS + "/models/" + plain(name), sha256));
        out.group(PROCESS + "/metrics", "NXcollection");
        provenance.metrics().forEach((name, value) -> out.number(PROCESS + "/metrics/" + plain(name), value));
    }

    /** A name that is no path. */
    private static String plain(String name) {
        return name.replace('/', '_');
    }
}
