package org.bcdi.store;

import org.bcdi.mask.FrameMask;
import org.bcdi.mask.Mask;

/** A mask from a file: of every frame, or of the volume. */
public sealed interface GivenMask {
    /** Part of its pixels or voxels that it takes out, from 0 to 1. */
    double share();

    /** The same pixels in every frame. */
    record OfFrame(FrameMask mask) implements GivenMask {
        @Override
        public double share() {
            return (double) mask.count() / mask.data().length;
        }
    }

    /** Voxel by voxel. */
    record OfVolume(Mask mask) implements GivenMask {
        @Override
        public double share() {
            return (double) mask.count() / mask.data().length;
        }
    }
}
