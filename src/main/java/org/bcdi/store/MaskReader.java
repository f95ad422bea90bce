package org.bcdi.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.detector.FrameBlock;
import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.task.FileName;
import org.bcdi.task.InputException;
import org.bcdi.volume.Shape3;

/** Reads masks that users bring: HDF5, NumPy or EDF; whatever is not zero holds no data. */
public final class MaskReader {
    private static final Logger LOG = LogManager.getLogger(MaskReader.class);
    /** No detector has more gaps than this; a mask that takes out more may have 1 where there is data. */
    private static final double MOST = 0.5;

    private MaskReader() {}

    /**
     * Reads a mask.
     *
     * @param file name of the file, followed for HDF5 by {@code :PATH} where it holds more than one array
     * @throws InputException when the file is not there or holds no mask of two or three axes
     */
    public static GivenMask read(String file) {
        GivenMask mask = unquestioned(file);
        String doubt = doubt(file, mask);
        if (!doubt.isEmpty()) {
            LOG.warn(doubt);
        }
        return mask;
    }

    /** A sentence about a mask that may be the wrong way round, else nothing. */
    static String doubt(String file, GivenMask mask) {
        return mask.share() <= MOST
                ? ""
                : String.format(
                        Locale.ROOT,
                        "Mask %s takes out %.0f %% of what it covers: not zero must mean no data, so turn it round if 1 means data in it.",
                        file,
                        100 * mask.share());
    }

    private static GivenMask unquestioned(String file) {
        int colon = file.lastIndexOf(':');
        Path whole = FileName.path("Mask", file);
        boolean named = colon > 0 && !Files.exists(whole);
        Path path = named ? Path.of(file.substring(0, colon)) : whole;
        Optional<String> dataset = named ? Optional.of(file.substring(colon + 1)) : Optional.empty();
        Hdf5File.requireFile(path);
        String lower = path.toString().toLowerCase(Locale.ROOT);
        if (lower.endsWith(".npz")) {
            throw new InputException("Mask file " + path
                    + " is an archive of NumPy; save the array alone as .npy (numpy.save), or as HDF5 or EDF.");
        }
        boolean numpy = lower.endsWith(".npy");
        boolean edf = lower.endsWith(".edf");
        if (named && (numpy || edf)) {
            throw new InputException("Mask file " + path + " holds a single array and no path " + dataset.orElseThrow()
                    + "; leave the path out.");
        }
        if (numpy) {
            return fromNumpy(path);
        }
        return edf ? new GivenMask.OfFrame(EdfMask.read(path)) : fromHdf5(path, dataset);
    }

    private static GivenMask fromNumpy(Path path) {
        try (NpyFile file = NpyFile.open(path)) {
            byte[] mask = new byte[Math.multiplyExact(file.frames(), file.height() * file.width())];
            for (int frame = 0; frame < file.frames(); frame++) {
                mark(file.read(frame, 1), mask, frame * file.height() * file.width());
            }
            return file.rank() == 2
                    ? new GivenMask.OfFrame(new FrameMask(file.height(), file.width(), mask))
                    : ofVolume(file.frames(), file.height(), file.width(), mask);
        }
    }

    private static GivenMask fromHdf5(Path path, Optional<String> wanted) {
        try (Hdf5File file = Hdf5File.open(path);
                Hdf5Dataset dataset = file.dataset(wanted.orElseGet(() -> onlyArray(file)))) {
            long[] shape = dataset.shape();
            boolean array = shape.length == 2 || shape.length == 3;
            if (!array || dataset.size() == 0 || !dataset.isNumeric()) {
                throw new InputException("Mask " + dataset.path() + " of " + path + " is "
                        + DatasetFinder.describe(dataset) + "; a mask has two axes (rows, columns) or three.");
            }
            byte[] mask = nonZero(dataset);
            return shape.length == 2
                    ? new GivenMask.OfFrame(new FrameMask((int) shape[0], (int) shape[1], mask))
                    : ofVolume((int) shape[0], (int) shape[1], (int) shape[2], mask);
        }
    }

    private static String onlyArray(Hdf5File file) {
        List<String> arrays = new ArrayList<>();
        collect(file, "/", arrays, new HashSet<>());
        if (arrays.size() != 1) {
            throw new InputException("Mask file " + file.path() + " holds " + arrays.size()
                    + " arrays of two or three axes; name one as FILE:PATH"
                    + (arrays.isEmpty() ? "." : ": " + String.join(", ", arrays) + "."));
        }
        return arrays.get(0);
    }

    private static void collect(Hdf5File file, String group, List<String> arrays, Set<String> visited) {
        if (!visited.add(file.identity(group))) {
            return;
        }
        for (String name : file.children(group)) {
            String path = group.equals("/") ? "/" + name : group + "/" + name;
            if (file.linkTarget(path).isPresent()) {
                continue;
            }
            if (file.kind(path) == Hdf5File.Kind.GROUP) {
                collect(file, path, arrays, visited);
            } else if (file.kind(path) == Hdf5File.Kind.DATASET) {
                try (Hdf5Dataset dataset = file.dataset(path)) {
                    if (dataset.isNumeric() && (dataset.rank() == 2 || dataset.rank() == 3)) {
                        arrays.add(path);
                    }
                }
            }
        }
    }

    /** Reads a dataset as 0 and 1, its last two axes at a time. */
    static byte[] nonZero(Hdf5Dataset dataset) {
        long[] shape = dataset.shape();
        int height = (int) shape[shape.length - 2];
        int width = (int) shape[shape.length - 1];
        byte[] mask = new byte[Math.toIntExact(dataset.size())];
        long[] offset = new long[shape.length];
        long[] count = shape.clone();
        Arrays.fill(count, 0, shape.length - 2, 1);
        for (int frame = 0; frame < mask.length / (height * width); frame++) {
            offset[0] = shape.length == 3 ? frame : 0;
            FrameBlock block =
                    new FrameBlock(0, 1, height, width, dataset.pixelType().orElseThrow(), dataset.read(offset, count));
            mark(block, mask, frame * height * width);
        }
        return mask;
    }

    /** Marks what is not zero; a value that is not a number is not zero either. */
    private static void mark(FrameBlock frame, byte[] mask, int at) {
        for (int i = 0; i < frame.height() * frame.width(); i++) {
            mask[at + i] = (byte) (frame.value(i) == 0 ? 0 : 1);
        }
    }

    /** A volume of one frame is a frame: Lima writes every image so. */
    private static GivenMask ofVolume(int frames, int height, int width, byte[] mask) {
        if (frames == 1) {
            return new GivenMask.OfFrame(new FrameMask(height, width, mask));
        }
        return new GivenMask.OfVolume(new Mask(new Shape3(frames, height, width), mask));
    }
}
