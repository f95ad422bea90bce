package org.bcdi.detector.lima;

import fr.esrf.TangoApi.DeviceAttribute;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.bcdi.detector.Acquisition;
import org.bcdi.detector.PixelType;
import org.bcdi.task.BcdiException;
import org.bcdi.volume.Roi;

/** Reads what the detector was prepared for, in one call. For one thread. */
final class AcquisitionReader {
    /** What Lima's acq_tag reads as long as nobody has set one. */
    private static final long NO_TAG = 0xffffffffL;

    private static final Logger LOG = LogManager.getLogger(AcquisitionReader.class);

    private final TangoLink link;

    /** Whether the last look found images that were binned or turned: many looks a second must not mean many warnings. */
    private boolean changedGeometry;

    private boolean accumulates;

    AcquisitionReader(TangoLink link) {
        this.link = link;
    }

    Acquisition read() {
        DeviceAttribute[] read = link.read(
                "acq_nb_frames",
                "image_sizes",
                "image_type",
                "acq_tag",
                "image_roi",
                "image_max_dim",
                "image_bin",
                "image_flip",
                "image_rotation",
                "acq_mode");
        boolean binned = isBinned(read[6]);
        String rotation =
                read[8].hasFailed() ? "NONE" : Values.text(link, read[8]).toUpperCase(Locale.ROOT);
        warnOfChangedGeometry(binned, read[7], rotation);
        warnOfSums(!read[9].hasFailed()
                && Values.text(link, read[9]).toUpperCase(Locale.ROOT).startsWith("ACC"));
        // No region of the detector has the pixels of such images where they have them
        boolean elsewhere = binned || rotation.equals("90") || rotation.equals("270");
        long[] sizes = Values.numbers(link, read[1]);
        int width = Math.toIntExact(sizes[2]);
        int height = Math.toIntExact(sizes[3]);
        return new Acquisition(
                Math.toIntExact(Values.number(link, read[0])),
                height,
                width,
                type(sizes, Values.text(link, read[2])),
                tag(read[3]),
                elsewhere ? Optional.empty() : roi(read[4], read[5]));
    }

    /** The image type's name tells what the sizes (signed, bytes, width, height) cannot: whether pixels are floating. */
    private PixelType type(long[] sizes, String name) {
        boolean floating = name.endsWith("F");
        for (PixelType type : PixelType.values()) {
            if (type.bytes() == sizes[1]
                    && type.floating() == floating
                    && (floating || type.signed() == (sizes[0] != 0))) {
                return type;
            }
        }
        throw new BcdiException("Detector " + link.address() + " has images of the unknown type " + name + " with "
                + sizes[1] + " bytes a pixel; set image_type to Bpp8 to Bpp32, signed or not, or Bpp32F.");
    }

    private boolean isBinned(DeviceAttribute bin) {
        return !bin.hasFailed() && Arrays.stream(Values.numbers(link, bin)).anyMatch(factor -> factor != 1);
    }

    /** Gaps are known for pixels where the detector has them; what Lima binned or turned has them elsewhere. */
    private void warnOfChangedGeometry(boolean binned, DeviceAttribute flip, String rotation) {
        boolean flipped =
                !flip.hasFailed() && Arrays.stream(Values.numbers(link, flip)).anyMatch(way -> way != 0);
        boolean changed = binned || flipped || !rotation.equals("NONE");
        if (changed && !changedGeometry) {
            LOG.warn(
                    "Detector {} bins, flips or rotates its images: the gaps of a named detector are then elsewhere, give a mask file",
                    link.address());
        }
        changedGeometry = changed;
    }

    /** What marks pixels without data is summed with the images. */
    private void warnOfSums(boolean sums) {
        if (sums && !accumulates) {
            LOG.warn(
                    "Detector {} sums several images to a frame, and so may be what marks pixels without data: give a mask file",
                    link.address());
        }
        accumulates = sums;
    }

    private long tag(DeviceAttribute attribute) {
        if (attribute.hasFailed()) {
            return Acquisition.UNTAGGED;
        }
        long tag = Values.number(link, attribute);
        return tag == NO_TAG ? Acquisition.UNTAGGED : tag;
    }

    private Optional<Roi> roi(DeviceAttribute roi, DeviceAttribute whole) {
        if (roi.hasFailed() || whole.hasFailed()) {
            return Optional.empty();
        }
        long[] box = Values.numbers(link, roi);
        long[] size = Values.numbers(link, whole);
        boolean isWhole = box[0] == 0 && box[1] == 0 && box[2] == size[0] && box[3] == size[1];
        if (isWhole || box[2] <= 0 || box[3] <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Roi((int) box[1], (int) (box[1] + box[3]), (int) box[0], (int) (box[0] + box[2])));
    }
}
