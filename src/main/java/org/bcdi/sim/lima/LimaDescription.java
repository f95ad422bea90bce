package org.bcdi.sim.lima;

import java.util.Locale;
import org.bcdi.detector.PixelType;
import org.bcdi.detector.lima.DataArray;
import org.bcdi.volume.Roi;
import org.tango.server.annotation.Attribute;
import org.tango.server.annotation.Device;

/**
 * The attributes of a Lima device that describe the detector and its images and never change while it runs. Lima has them
 * as unsigned integers, which JTango's static attributes cannot be.
 */
@Device
public class LimaDescription {
    /** Lima's version, whose behaviour is simulated. */
    private static final String VERSION = "1.10.4";

    private static CameraDescription description() {
        return SimulatedDevices.settings().description();
    }

    private static DataArray.Layout layout() {
        return SimulatedDevices.settings().player().layout();
    }

    @Attribute(name = "image_type")
    public String getImageType() {
        PixelType type = layout().type();
        String suffix = type.floating() ? "F" : type.signed() ? "S" : "";
        return String.format(Locale.ROOT, "Bpp%d%s", 8 * type.bytes(), suffix);
    }

    @Attribute(name = "image_width")
    public int getImageWidth() {
        return layout().width();
    }

    @Attribute(name = "image_height")
    public int getImageHeight() {
        return layout().height();
    }

    /** Signed, bytes of a pixel, width, height. */
    @Attribute(name = "image_sizes", maxDimX = 4)
    public int[] getImageSizes() {
        PixelType type = layout().type();
        return new int[] {type.signed() ? 1 : 0, type.bytes(), layout().width(), layout().height()};
    }

    /** Width and height of the whole detector. */
    @Attribute(name = "image_max_dim", maxDimX = 2)
    public int[] getImageMaxDim() {
        return new int[] {description().width(), description().height()};
    }

    /** First column, first row, width, height. */
    @Attribute(name = "image_roi", maxDimX = 4)
    public int[] getImageRoi() {
        Roi roi = description().roi();
        return new int[] {roi.x0(), roi.y0(), roi.width(), roi.height()};
    }

    @Attribute(name = "image_bin", maxDimX = 2)
    public int[] getImageBin() {
        return new int[] {1, 1};
    }

    @Attribute(name = "image_flip", maxDimX = 2)
    public boolean[] getImageFlip() {
        return new boolean[] {false, false};
    }

    @Attribute(name = "image_rotation")
    public String getImageRotation() {
        return "NONE";
    }

    @Attribute(name = "camera_type")
    public String getCameraType() {
        return "Simulator";
    }

    /** Micrometres along x and y. */
    @Attribute(name = "camera_pixelsize", maxDimX = 2)
    public double[] getCameraPixelsize() {
        return new double[] {description().pixelMicrometres(), description().pixelMicrometres()};
    }

    @Attribute(name = "user_detector_name")
    public String getUserDetectorName() {
        return description().name();
    }

    @Attribute(name = "lima_version")
    public String getLimaVersion() {
        return VERSION;
    }

    @Attribute(name = "acq_mode")
    public String getAcqMode() {
        return "SINGLE";
    }

    @Attribute(name = "saving_mode")
    public String getSavingMode() {
        return "MANUAL";
    }
}
