package org.bcdi.store;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.mask.DetectorGeometry;
import org.bcdi.mask.Detectors;
import org.bcdi.mask.FrameMask;
import org.bcdi.stack.RoiChoice;
import org.bcdi.stack.StackSettings;
import org.bcdi.task.InputException;
import org.bcdi.volume.Roi;
import org.bcdi.volume.Shape3;

/**
 * Where on the detector the frames are.
 *
 * @param mask gaps and the given mask, of the size of a frame
 * @param roi of the frame to keep
 * @param part of the detector that the frames are, empty for all of it or when nobody knows
 */
record Placement(FrameMask mask, RoiChoice roi, Optional<Roi> part) {
    private static final Logger LOG = LogManager.getLogger(Placement.class);
    private static final double SHARE_OF_MEMORY = 0.75;

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
        Optional<FrameMask> own = images.frameMask();
        if (own.isPresent()) {
            mask = mask.or(own.get());
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
        int frames = Math.max(1, images.taken());
        long budget = (long) (SHARE_OF_MEMORY * Runtime.getRuntime().maxMemory());
        return new StackSettings(ScanReader.name(file), frames, images.height(), images.width(), roi, mask, budget);
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
        boolean frames = mask.nz() == images.frames() || mask.nz() == images.taken();
        boolean whole = mask.ny() == images.height() && mask.nx() == images.width();
        boolean cut = mask.ny() == kept[0] && mask.nx() == kept[1];
        if (!frames || !(whole || cut)) {
            throw new InputException("The mask of " + mask + " does not fit the scan of " + images.frames() + "x"
                    + images.height() + "x" + images.width() + "; give one of the scan's shape or of a frame's.");
        }
    }
}
