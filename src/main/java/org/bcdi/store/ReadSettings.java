package org.bcdi.store;

import java.util.Optional;
import org.bcdi.mask.Detectors;
import org.bcdi.stack.RoiChoice;

/**
 * How to read a scan.
 *
 * @param dataset path of the frames in an HDF5 file, or of a group that holds them; empty to look for them
 * @param detector name whose gaps are masked, or {@code none}
 * @param mask besides the detector's gaps
 * @param roi which part of the frames to keep; where the frames are not of the detector's size, the fixed region tells
 *     which part of it they are
 */
public record ReadSettings(Optional<String> dataset, String detector, Optional<GivenMask> mask, RoiChoice roi) {
    /** Everything as it is in the file, without gaps. */
    public static ReadSettings plain() {
        return new ReadSettings(Optional.empty(), Detectors.NONE, Optional.empty(), new RoiChoice.Whole());
    }
}
