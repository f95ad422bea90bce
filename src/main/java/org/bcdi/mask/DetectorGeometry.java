package org.bcdi.mask;

/**
 * The frame of a detector that is made of several modules.
 *
 * @param name that users choose it by
 * @param height rows of a whole frame
 * @param width columns of a whole frame
 * @param pixelMicrometres pixel pitch
 * @param gaps pixels that measure nothing: between modules, and what borders on them where that is not to be trusted
 */
public record DetectorGeometry(String name, int height, int width, double pixelMicrometres, FrameMask gaps) {
    public DetectorGeometry {
        if (gaps.height() != height || gaps.width() != width) {
            throw new IllegalArgumentException("gaps of " + gaps.height() + "x" + gaps.width() + " do not fit the "
                    + height + "x" + width + " frame of " + name);
        }
    }
}
