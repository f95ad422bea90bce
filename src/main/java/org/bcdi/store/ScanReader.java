package org.bcdi.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.mask.DetectorGeometry;
import org.bcdi.mask.Detectors;
import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;
import org.bcdi.stack.RockingCurve;
import org.bcdi.stack.RoiChoice;
import org.bcdi.stack.StackBuilder;
import org.bcdi.stack.StackSettings;
import org.bcdi.task.InputException;
import org.bcdi.volume.Region3;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;

/**
 * Reads scans from files: HDF5 of Lima (aborted ones too), BLISS and others, results of this program, NumPy arrays. Frames
 * are read a few at a time, so that memory is that of the rocking curve. Safe for threads.
 */
public final class ScanReader {
    private static final Logger LOG = LogManager.getLogger(ScanReader.class);
    private static final long BLOCK_BYTES = 16 << 20;
    private static final double SHARE_OF_MEMORY = 0.75;

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
            RockingCurve curve = stack.finish(images.positions(taken(images)));
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

    /** Frames up to the last one that was written or is known to be missing. */
    private static int taken(ImageStack images) {
        boolean[] written = images.written();
        images.missing().forEach(frame -> written[frame] = true);
        int frames = written.length;
        while (frames > 0 && !written[frames - 1]) {
            frames--;
        }
        return frames;
    }

    /**
     * Where on the detector the frames are.
     *
     * @param mask gaps and the given mask, of the size of a frame
     * @param roi of the frame to keep
     * @param part of the detector that the frames are, empty for all of it or when nobody knows
     */
    private record Placement(FrameMask mask, RoiChoice roi, Optional<Roi> part) {
        static Placement of(Path file, ImageStack images, ReadSettings settings) {
            int height = images.height();
            int width = images.width();
            RoiChoice roi = settings.roi();
            Optional<Roi> part = images.region();
            if (!Detectors.isNone(settings.detector())) {
                DetectorGeometry geometry = Detectors.named(settings.detector());
                if (images.flipped()) {
                    LOG.warn(
                            "The frames of {} are mirrored or turned: the gaps of {} may be elsewhere in them, give a mask file.",
                            file,
                            settings.detector());
                }
                if (height == geometry.height() && width == geometry.width()) {
                    part = Optional.empty();
                } else if (images.binned()) {
                    throw new InputException("The frames of " + file
                            + " are binned or turned by a quarter, so that no detector's gaps fit them; choose detector none and give a mask"
                            + " file.");
                } else if (part.isEmpty() && roi instanceof RoiChoice.Fixed fixed) {
                    part = Optional.of(fixed.roi());
                    roi = new RoiChoice.Whole();
                }
            }
            if (images.accumulated() && settings.mask().isEmpty()) {
                LOG.warn(
                        "Each frame of {} is the sum of several images, and so may be what marks pixels without data: give a mask file.",
                        file);
            }
            FrameMask mask = Detectors.maskFor(settings.detector(), height, width, part);
            if (images.frameMask().isPresent()) {
                mask = mask.or(images.frameMask().get());
            }
            if (settings.mask().isPresent() && settings.mask().get() instanceof GivenMask.OfFrame given) {
                mask = mask.or(fitting(given.mask(), height, width, part));
            }
            if (settings.mask().isPresent() && settings.mask().get() instanceof GivenMask.OfVolume given) {
                requireFitting(given.mask().shape(), images, roi);
            }
            return new Placement(mask, roi, part);
        }

        StackSettings stack(Path file, ImageStack images) {
            // One frame at least: that there is none is told when they are read
            int frames = Math.max(1, taken(images));
            long budget = (long) (SHARE_OF_MEMORY * Runtime.getRuntime().maxMemory());
            return new StackSettings(name(file), frames, images.height(), images.width(), roi, mask, budget);
        }

        /** The given mask, of the frame or of the whole detector. */
        private static FrameMask fitting(FrameMask mask, int height, int width, Optional<Roi> part) {
            if (mask.height() == height && mask.width() == width) {
                return mask;
            }
            if (part.isPresent() && part.get().fitsIn(mask.height(), mask.width())) {
                return mask.crop(part.get());
            }
            throw new InputException("The mask of " + mask.height() + "x" + mask.width() + " does not fit frames of "
                    + height + "x" + width + "; give one of the frame's size.");
        }

        /** A volume mask is of the whole scan or as far as it got, of whole frames or of what is kept of them. */
        private static void requireFitting(Shape3 mask, ImageStack images, RoiChoice roi) {
            int[] kept = roi.size(images.height(), images.width());
            boolean frames = mask.nz() == images.frames() || mask.nz() == taken(images);
            boolean whole = mask.ny() == images.height() && mask.nx() == images.width();
            boolean cut = mask.ny() == kept[0] && mask.nx() == kept[1];
            if (!frames || !(whole || cut)) {
                throw new InputException("The mask of " + mask + " does not fit the scan of " + images.frames() + "x"
                        + images.height() + "x" + images.width() + "; give one of the scan's shape or of a frame's.");
            }
        }
    }
}
