package org.bcdi.sim.lima;

import org.bcdi.volume.Roi;

/**
 * Which detector the simulated one claims to be.
 *
 * @param name for {@code user_detector_name}
 * @param pixelMicrometres edge of a square pixel
 * @param height rows of the whole detector
 * @param width columns of the whole detector
 * @param roi the part of it that the frames show
 */
public record CameraDescription(String name, double pixelMicrometres, int height, int width, Roi roi) {
    public CameraDescription {
        if (!roi.fitsIn(height, width)) {
            throw new IllegalArgumentException("region " + roi + " leaves the detector of " + height + "x" + width);
        }
    }

    /** A detector whose frames are shown whole. */
    public static CameraDescription whole(String name, double pixelMicrometres, int height, int width) {
        return new CameraDescription(name, pixelMicrometres, height, width, new Roi(0, height, 0, width));
    }
}
