package org.bcdi.store;

import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;

/** A mask from a file: of every frame, or of the volume. */
public sealed interface GivenMask {
    /** The same pixels in every frame. */
    record OfFrame(FrameMask mask) implements GivenMask {}

    /** Voxel by voxel. */
    record OfVolume(Mask mask) implements GivenMask {}
}
