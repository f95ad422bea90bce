package org.bcdi.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.bcdi.mask.Mask;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.StackBuilder;
import org.bcdi.task.InputException;
import org.bcdi.volume.Region3;

/**
 * Reads scans from files: HDF5 of Lima (aborted ones too), BLISS and others, results of this program, NumPy arrays. Frames
 * are read a few at a time, so that memory is that of the rocking curve. Safe for threads.
 */
public final class ScanReader {
    private static final long BLOCK_BYTES = 16 << 20;

    private ScanReader() {}

    /**
     * Reads a scan.
     *
     * @throws InputException when the file, its dataset, the detector, the mask or the region cannot be used
     * @throws org.bcdi.stack.MemoryBudgetException when it is larger than three quarters of the memory
     */
    public static RockingCurve read(Path file, ReadSettings settings) {
        try (ImageStack images = open(file, settings.dataset())) {
            Placement placement = Placement.of(file, images, settings);
            StackBuilder stack = new StackBuilder(placement.stack(file, images));
            fill(stack, images);
            if (stack.received() == 0) {
                throw new InputException("File " + file + " holds no frame: the scan was aborted before the first, or"
                        + " the detector's files are not beside it.");
            }
            images.missing().forEach(frame -> stack.missing(frame, 1));
            images.volumeMask().ifPresent(stack::mask);
            Optional<Mask> given = settings.mask()
                    .filter(GivenMask.OfVolume.class::isInstance)
                    .map(mask -> ((GivenMask.OfVolume) mask).mask());
            boolean whole = given.map(Mask::shape)
                    .filter(shape -> shape.ny() == images.height() && shape.nx() == images.width())
                    .isPresent();
            if (whole) {
                stack.mask(given.orElseThrow());
            }
            RockingCurve curve = stack.finish(images.positions());
            if (given.isPresent() && !whole) {
                curve = curve.masked(
                        given.get().crop(Region3.whole(curve.counts().shape())));
            }
            if (curve.mask().count() == curve.mask().shape().size()) {
                throw new InputException("File " + file + " holds no pixel that measured anything; in a mask, not zero"
                        + " means no data.");
            }
            return curve.onDetector(placement.part());
        }
    }

    /**
     * Looks, without reading the frames, whether a scan can be read so.
     *
     * @return bytes that its rocking curve takes while it is read
     * @throws InputException as {@link #read}, for all but a scan without frames
     */
    public static long check(Path file, ReadSettings settings) {
        try (ImageStack images = open(file, settings.dataset())) {
            return Placement.of(file, images, settings).stack(file, images).bytes();
        }
    }

    /**
     * How the result in a file came about, as JSON; empty for a file that is no result of this program.
     *
     * @throws InputException when it is no file that can be read
     */
    public static Optional<String> settings(Path file) {
        if (isNumpy(file)) {
            return Optional.empty();
        }
        try (Hdf5File opened = Hdf5File.open(file)) {
            Optional<String> program = opened.text(ResultWriter.PROCESS + "/program");
            return program.filter(ResultWriter.PROGRAM::equals)
                    .flatMap(ours -> opened.text(ResultWriter.PROCESS + "/settings"));
        }
    }

    /** What a scan in a file is called: as the file without its ending, which is no number: {@code scan_0.5} has none. */
    public static String name(Path file) {
        Path last = file.getFileName();
        String name = last == null ? file.toString() : last.toString();
        return name.replaceFirst("(?<=.)\\.\\p{Alpha}\\w*$", "");
    }

    private static ImageStack open(Path file, Optional<String> dataset) {
        if (!isNumpy(file)) {
            return Hdf5Images.open(file, dataset);
        }
        if (dataset.isPresent()) {
            throw new InputException("NumPy file " + file + " holds a single array and no dataset " + dataset.get()
                    + "; leave out --dataset.");
        }
        return frames(NpyFile.open(file));
    }

    private static boolean isNumpy(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
    }

    private static ImageStack frames(NpyFile array) {
        try {
            return array.requireFrames();
        } catch (InputException e) {
            array.close();
            throw e;
        }
    }

    private static void fill(StackBuilder stack, ImageStack images) {
        boolean[] written = images.written();
        long frameBytes =
                (long) images.height() * images.width() * images.type().bytes();
        int block = (int) Math.max(1, BLOCK_BYTES / frameBytes);
        for (int first = 0; first < written.length; first++) {
            int end = first;
            while (end < written.length && written[end] && end - first < block) {
                end++;
            }
            if (end > first) {
                stack.add(images.read(first, end - first));
                first = end - 1;
            }
        }
    }
}
