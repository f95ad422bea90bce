package org.bcdi.detector;

import java.util.Optional;
import org.bcdi.volume.Roi;

/**
 * What the detector was prepared for.
 *
 * @param frames expected, 0 for an endless acquisition
 * @param height rows of a frame as delivered
 * @param width columns of a frame as delivered
 * @param type of the pixels
 * @param tag that was written last, {@link #UNTAGGED} where none was; it may be that of an acquisition to be prepared
 * @param roi which part of the whole detector the frames are, empty when they are all of it
 */
public record Acquisition(int frames, int height, int width, PixelType type, long tag, Optional<Roi> roi) {
    /** No tag, or any. */
    public static final long UNTAGGED = -1;
}
