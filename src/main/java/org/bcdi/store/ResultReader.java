package org.bcdi.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bcdi.mask.Mask;
import org.bcdi.phase.Reconstruction;
import org.bcdi.stack.RockingCurve;
import org.bcdi.task.InputException;
import org.bcdi.volume.ComplexVolume;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ResultWriter} wrote, and lists what is in any HDF5 file. Safe for threads. */
public final class ResultReader {
    private static final int SLAB_VALUES = 2 << 20;

    private ResultReader() {}

    /**
     * Everything in a file, groups before what they hold; links are named and not followed.
     *
     * @throws InputException when it is not an HDF5 file
     */
    public static List<TreeEntry> tree(Path path) {
        try (Hdf5File file = Hdf5File.open(path)) {
            List<TreeEntry> entries = new ArrayList<>();
            list(file, "/", entries, new HashSet<>());
            return entries;
        }
    }

    /**
     * A result as it was written.
     *
     * @throws InputException when the file is not one
     */
    public static ScanResult read(Path path) {
        try (Hdf5File file = Hdf5File.open(path)) {
            if (file.kind("/cxi_version") != Hdf5File.Kind.DATASET
                    || file.kind(ResultWriter.INTENSITY + "/data") != Hdf5File.Kind.DATASET) {
                throw new InputException("File " + path + " is not a result of " + ResultWriter.PROGRAM
                        + "; it has no inpainted intensity (" + ResultWriter.INTENSITY + "/data).");
            }
            return new ScanResult(
                    curve(file),
                    volume(file, ResultWriter.INTENSITY + "/data"),
                    volume(file, ResultWriter.INTENSITY + "/data_error"),
                    reconstruction(file),
                    provenance(file));
        }
    }

    /** @param above the groups that this one is in, which it may hold again by a hard link */
    private static void list(Hdf5File file, String group, List<TreeEntry> entries, Set<String> above) {
        if (!above.add(file.identity(group))) {
            return;
        }
        for (String name : file.children(group)) {
            String path = group.equals("/") ? "/" + name : group + "/" + name;
            Optional<String> link = file.linkTarget(path);
            Hdf5File.Kind kind = file.kind(path);
            String content = kind == Hdf5File.Kind.DATASET ? content(file, path) : "";
            entries.add(new TreeEntry(path, kind == Hdf5File.Kind.GROUP, content, link));
            if (kind == Hdf5File.Kind.GROUP && link.isEmpty()) {
                list(file, path, entries, above);
            }
        }
        above.remove(file.identity(group));
    }

    private static String content(Hdf5File file, String path) {
        try (Hdf5Dataset dataset = file.dataset(path)) {
            if (dataset.rank() > 0) {
                return DatasetFinder.describe(dataset);
            }
            if (!dataset.isNumeric()) {
                return dataset.readText().orElse(dataset.typeWord());
            }
            double value = dataset.readDoubles()[0];
            boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
            return whole ? Long.toString((long) value) : Double.toString(value);
        }
    }

    private static RockingCurve curve(Hdf5File file) {
        Volume counts = volume(file, ResultWriter.DETECTOR + "/data");
        Shape3 shape = counts.shape();
        List<Integer> roi = integers(file, ResultWriter.REGION);
        return new RockingCurve(
                file.text("/entry_1/title").orElse(file.path().toString()),
                counts,
                mask(file, ResultWriter.DETECTOR + "/mask"),
                roi.size() == 4
                        ? new Roi(roi.get(0), roi.get(1), roi.get(2), roi.get(3))
                        : new Roi(0, shape.ny(), 0, shape.nx()),
                numbers(file, ResultWriter.POSITIONS),
                integers(file, ResultWriter.DETECTOR + "/missing_frames"));
    }

    private static @Nullable Reconstruction reconstruction(Hdf5File file) {
        String path = ResultWriter.OBJECT + "/data";
        if (file.kind(path) != Hdf5File.Kind.DATASET) {
            return null;
        }
        Shape3 shape = shape(file, path);
        float[] object = new float[2 * shape.size()];
        readFloats(file, path, shape, object);
        List<Integer> region = integers(file, ResultWriter.PROCESS + "/phasing_region");
        String phasing = ResultWriter.PROCESS + "/phasing";
        Reconstruction.Metrics metrics = new Reconstruction.Metrics(
                file.number(phasing + "/r_factor").orElse(Double.NaN),
                file.number(phasing + "/free_log_likelihood").orElse(Double.NaN),
                file.number(phasing + "/support_voxels").map(Double::intValue).orElse(0),
                numbers(file, phasing + "/prtf"),
                file.number(phasing + "/starts").map(Double::intValue).orElse(1),
                file.number(phasing + "/kept").map(Double::intValue).orElse(0),
                file.number(phasing + "/confidence").orElse(Double.NaN),
                numbersIn(file, phasing + "/signs"));
        return new Reconstruction(
                new ComplexVolume(shape, object),
                mask(file, ResultWriter.OBJECT + "/mask"),
                region.size() == 6
                        ? new Region3(region.get(0), region.get(1), region.get(2), shape)
                        : Region3.whole(shape),
                file.text(ResultWriter.PROCESS + "/recipe").orElse(""),
                whole(file, phasing + "/seed"),
                metrics);
    }

    private static Provenance provenance(Hdf5File file) {
        String process = ResultWriter.PROCESS;
        Map<String, String> models = new HashMap<>();
        for (String name : file.children(process + "/models")) {
            models.put(name, file.text(process + "/models/" + name).orElse(""));
        }
        Map<String, Double> metrics = numbersIn(file, process + "/metrics");
        return new Provenance(
                file.text(process + "/command").orElse(""),
                file.text(process + "/settings").orElse(""),
                models,
                metrics,
                whole(file, process + "/seed"));
    }

    /** The numbers in a group, by name; none where there is no group. */
    private static Map<String, Double> numbersIn(Hdf5File file, String group) {
        Map<String, Double> numbers = new HashMap<>();
        if (file.kind(group) != Hdf5File.Kind.GROUP) {
            return numbers;
        }
        for (String name : file.children(group)) {
            numbers.put(name, file.number(group + "/" + name).orElse(Double.NaN));
        }
        return numbers;
    }

    private static Shape3 shape(Hdf5File file, String path) {
        try (Hdf5Dataset dataset = file.dataset(path)) {
            if (dataset.rank() != 3) {
                throw new InputException("Dataset " + path + " of " + file.path() + " is "
                        + DatasetFinder.describe(dataset) + " and no volume.");
            }
            long[] extent = dataset.shape();
            return new Shape3((int) extent[0], (int) extent[1], (int) extent[2]);
        }
    }

    private static Volume volume(Hdf5File file, String path) {
        Shape3 shape = shape(file, path);
        float[] values = new float[shape.size()];
        readFloats(file, path, shape, values);
        return new Volume(shape, values);
    }

    /** Reads some frames at a time, so that the library is never held for long. */
    private static void readFloats(Hdf5File file, String path, Shape3 shape, float[] to) {
        int perFrame = to.length / shape.nz();
        int atOnce = Math.max(1, SLAB_VALUES / perFrame);
        try (Hdf5Dataset dataset = file.dataset(path)) {
            for (int first = 0; first < shape.nz(); first += atOnce) {
                int frames = Math.min(atOnce, shape.nz() - first);
                float[] slab = new float[frames * perFrame];
                dataset.readFloats(new long[] {first, 0, 0}, new long[] {frames, shape.ny(), shape.nx()}, slab);
                System.arraycopy(slab, 0, to, first * perFrame, slab.length);
            }
        }
    }

    private static Mask mask(Hdf5File file, String path) {
        try (Hdf5Dataset dataset = file.dataset(path)) {
            return new Mask(shape(file, path), MaskReader.nonZero(dataset));
        }
    }

    private static List<Double> numbers(Hdf5File file, String path) {
        if (file.kind(path) != Hdf5File.Kind.DATASET) {
            return List.of();
        }
        try (Hdf5Dataset dataset = file.dataset(path)) {
            return Arrays.stream(dataset.readDoubles()).boxed().toList();
        }
    }

    /** Whole numbers; none where there is no such dataset. */
    static List<Integer> integers(Hdf5File file, String path) {
        return numbers(file, path).stream().map(Double::intValue).toList();
    }

    /** A scalar int64, exactly: a seed may have more digits than a double holds. */
    private static long whole(Hdf5File file, String path) {
        if (file.kind(path) != Hdf5File.Kind.DATASET) {
            return 0;
        }
        try (Hdf5Dataset dataset = file.dataset(path)) {
            return dataset.readLong();
        }
    }
}
